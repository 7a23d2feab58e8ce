"""WSDL: what is asked under WD, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    binding_is_document_style,
    body_is_literal,
    every_operation_is_bound,
    operation_answers,
    operation_is_named_for_verb_and_noun,
    operation_stands_once,
    operation_suits_its_service,
    operation_takes_its_message,
    part_refers_to_an_element,
    port_has_an_address,
    schema_import_has_location,
    service_is_named_for_its_noun,
    transport_is_http,
    wsdl_action_names_the_operation,
    wsdl_reference_leads_somewhere,
)

FAMILY: Final = Family(
    "WD",
    "WSDL",
    (
        binding_is_document_style.RULE,
        body_is_literal.RULE,
        transport_is_http.RULE,
        wsdl_action_names_the_operation.RULE,
        service_is_named_for_its_noun.RULE,
        operation_is_named_for_verb_and_noun.RULE,
        schema_import_has_location.RULE,
        part_refers_to_an_element.RULE,
        operation_takes_its_message.RULE,
        port_has_an_address.RULE,
        every_operation_is_bound.RULE,
        operation_stands_once.RULE,
        operation_suits_its_service.RULE,
        wsdl_reference_leads_somewhere.RULE,
        operation_answers.RULE,
    ),
)
