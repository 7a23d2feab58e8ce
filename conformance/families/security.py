"""WS-Security: what is asked under WS, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    binary_token_says_what_it_is,
    body_is_signed,
    body_is_signed_as_a_whole,
    digest_has_nonce_and_created,
    ids_are_unique_where_signed,
    password_is_not_in_clear,
    security_expires_after_created,
    security_header_stands_once,
    security_stamp_is_fresh,
    security_stamp_is_sound,
    signature_covers_the_body,
    signature_fits_its_certificate,
    signature_is_not_weak,
    signed_content_is_unaltered,
    signed_reference_resolves,
    token_reference_resolves,
    transform_is_one_of_the_profile,
)

FAMILY: Final = Family(
    "WS",
    "WS-Security",
    (
        security_expires_after_created.RULE,
        security_stamp_is_fresh.RULE,
        security_stamp_is_sound.RULE,
        digest_has_nonce_and_created.RULE,
        password_is_not_in_clear.RULE,
        binary_token_says_what_it_is.RULE,
        ids_are_unique_where_signed.RULE,
        signature_covers_the_body.RULE,
        signed_reference_resolves.RULE,
        signature_is_not_weak.RULE,
        signed_content_is_unaltered.RULE,
        security_header_stands_once.RULE,
        body_is_signed.RULE,
        body_is_signed_as_a_whole.RULE,
        transform_is_one_of_the_profile.RULE,
        token_reference_resolves.RULE,
        signature_fits_its_certificate.RULE,
    ),
)
