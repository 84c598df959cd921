"""Which of our causes an intent of the labelled sets belongs to; intents that fit none, or several, are left out."""

from collections.abc import Mapping


def _by_intent(table: str) -> Mapping[str, str]:
    """Read lines of `cause: intent intent ...`."""
    found = {}
    for line in table.strip().splitlines():
        cause, _, intents = line.strip().partition(": ")
        found.update(dict.fromkeys(intents.split(), cause))
    return found


BANKING = _by_intent(
    """
    delivery: card_arrival card_delivery_estimate
    refund: Refund_not_showing_up request_refund
    billing: transaction_charged_twice extra_charge_on_statement card_payment_fee_charged transfer_fee_charged
    billing: cash_withdrawal_charge direct_debit_payment_not_recognised card_payment_not_recognised
    billing: cash_withdrawal_not_recognised card_payment_wrong_exchange_rate wrong_exchange_rate_for_cash_withdrawal
    billing: wrong_amount_of_cash_received top_up_by_card_charge top_up_by_bank_transfer_charge exchange_charge
    defect: card_not_working virtual_card_not_working contactless_not_working card_swallowed declined_card_payment
    defect: declined_cash_withdrawal declined_transfer top_up_failed failed_transfer
    access: passcode_forgotten pin_blocked
    account: edit_personal_details terminate_account verify_my_identity unable_to_verify_identity
    delay: pending_transfer pending_top_up pending_card_payment pending_cash_withdrawal
    delay: transfer_not_received_by_recipient
    delay: balance_not_updated_after_cheque_or_cash_deposit balance_not_updated_after_bank_transfer
    cancellation: cancel_transfer
    policy: age_limit why_verify_identity disposable_card_limits top_up_limits country_support
    information: supported_cards_and_currencies fiat_currency_support atm_support exchange_rate visa_or_mastercard
    information: apple_pay_or_google_pay exchange_via_app
    """
)
BITEXT = _by_intent(
    """
    cancellation: cancel_order check_cancellation_fee
    delivery: track_order delivery_period delivery_options
    refund: get_refund track_refund check_refund_policy
    billing: payment_issue check_invoice get_invoice
    access: recover_password
    account: create_account delete_account edit_account switch_account registration_problems
    service: complaint
    """
)
CLINC = _by_intent(
    """
    lost_property: lost_luggage
    delivery: order_status
    booking: book_flight book_hotel restaurant_reservation car_rental confirm_reservation
    cancellation: cancel_reservation
    access: account_blocked
    defect: card_declined
    billing: report_fraud
    policy: carry_on international_fees
    information: flight_status weather restaurant_reviews travel_suggestion exchange_rate interest_rate
    other: greeting thank_you goodbye tell_joke yes no maybe are_you_a_bot what_is_your_name fun_fact meaning_of_life
    """
)
MULTIDOGO = _by_intent(
    """
    booking: changeseatassignment bookflight getboardingpass
    defect: reportbrokensoftware reportbrokenphone
    billing: disputecharge viewbillsintent
    account: updateaddress closeaccount openaccount updateaccountinfo
    outage: checkserverstatus
    cancellation: cancelserviceintent stoporder
    policy: checkoffereligibility
    information: getinformationintent checkbalance getroutingnumber
    other: openinggreeting closinggreeting thankyou
    """
)
