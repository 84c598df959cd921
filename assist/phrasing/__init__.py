"""From a playbook's phrases to words that this agent can send in this conversation now."""
