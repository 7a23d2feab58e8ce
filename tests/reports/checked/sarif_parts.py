"""The parts of SARIF 2.1.0 that a log of ours has, as a JSON schema: written from the standard, and stricter than it."""

from typing import Any, Final

_TEXT: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
_LEVEL: Final = {"enum": ["none", "note", "warning", "error"]}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": required | (optional or {})}


def _array(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


_RULE: Final = _object(
    {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string"},
        "shortDescription": _TEXT,
        "fullDescription": _TEXT,
        "help": _object({"text": {"type": "string"}, "markdown": {"type": "string"}}),
        "defaultConfiguration": _object({"level": _LEVEL}),
    },
    {
        "helpUri": {"type": "string", "format": "uri"},
        "properties": {"type": "object", "properties": {"tags": _array({"type": "string"}, uniqueItems=True)}},
    },
)
_REGION: Final = _object(
    {"startLine": {"type": "integer", "minimum": 1}}, {"startColumn": {"type": "integer", "minimum": 1}, "snippet": _TEXT}
)
_ARTIFACT: Final = _object({"uri": {"type": "string", "format": "uri-reference"}}, {"uriBaseId": {"const": "%SRCROOT%"}})
_LOCATION: Final = _object(
    {"physicalLocation": _object({"artifactLocation": _ARTIFACT, "region": _REGION})},
    {"logicalLocations": _array(_object({"fullyQualifiedName": {"type": "string"}, "kind": {"type": "string"}}))},
)
_RESULT: Final = _object(
    {
        "ruleId": {"type": "string"},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": _array(_LOCATION, minItems=1),
        "partialFingerprints": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
    },
    {"ruleIndex": {"type": "integer", "minimum": -1}},
)
_DESCRIPTOR: Final = _object(
    {"id": {"type": "string", "minLength": 1}, "shortDescription": _TEXT, "defaultConfiguration": _object({"level": _LEVEL})}
)
_NOTIFICATION: Final = _object(
    {
        "message": _TEXT,
        "level": _LEVEL,
        "descriptor": _object({"id": {"type": "string"}, "index": {"type": "integer", "minimum": 0}}),
        "locations": _array(
            _object(
                {"physicalLocation": _object({"artifactLocation": _ARTIFACT})},
                {"logicalLocations": _array(_object({"fullyQualifiedName": {"type": "string"}}))},
            ),
            minItems=1,
        ),
    }
)
_RUN: Final = _object(
    {
        "tool": _object(
            {
                "driver": _object(
                    {"name": {"type": "string"}, "rules": _array(_RULE, uniqueItems=True)},
                    {"semanticVersion": {"type": "string"}, "notifications": _array(_DESCRIPTOR, uniqueItems=True)},
                )
            }
        ),
        "results": _array(_RESULT),
    },
    {
        "invocations": _array(
            _object({"executionSuccessful": {"type": "boolean"}}, {"toolExecutionNotifications": _array(_NOTIFICATION)}), maxItems=1
        ),
        "originalUriBaseIds": {"type": "object"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "properties": {"type": "object"},
    },
)
LOG: Final = _object({"version": {"const": "2.1.0"}, "runs": _array(_RUN)}, {"$schema": {"type": "string", "format": "uri"}})
