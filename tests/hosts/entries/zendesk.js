export { default } from "zendesk_app_framework_sdk";
