"""From a message to the bytes of its SOAP envelope."""

from dataclasses import replace
from functools import lru_cache

from ami import names
from ami.dialect import Dialect, dialect
from ami.messages import Header, Kind, Message, Reply, ReplyError
from simulators.wire.texts import escaped, moment
from simulators.wire.write_payload import payload

_ENVELOPE = '<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="{soap}"><soap:Body>\n{body}</soap:Body></soap:Envelope>\n'


def write(message: Message, wording: Dialect, answered_verb: str = names.GET) -> bytes:
    """The SOAP 1.1 envelope of `message` as UTF-8.

    A payload stands on lines of its own, one reading a line, so that a finding can name a line.
    answered_verb: of the request that a response answers; replies to `get` have a wrapping of their own.
    """
    header = message.header
    if header.correlation_id is None and wording.always_correlates:
        header = replace(header, correlation_id=header.message_id)
    query = header.verb == names.GET and wording.query_inside_request
    answers_get = message.kind is Kind.RESPONSE and header.noun == names.METER_READINGS and answered_verb in (names.GET, names.REPLY)
    root, namespace = _wrapping(wording.name, message.kind, header.verb, header.noun, answers_get)
    parts = [
        f'<m:{root} xmlns:m="{namespace}" xmlns="{wording.header_namespace}">\n',
        _header(header) if message.kind is not Kind.FAULT else "",
        _reply(message.reply) if message.reply else "",
        _part("Request" if query else "Payload", payload(message.payload, wording, header)) if message.payload else "",
        f"</m:{root}>\n",
    ]
    return _ENVELOPE.format(soap=names.SOAP_11, body="".join(parts)).encode()


def fault(code: str, reason: str) -> bytes:
    """A SOAP 1.1 Fault. code: Client, Server, VersionMismatch or MustUnderstand."""
    body = f"<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{escaped(reason)}</faultstring></soap:Fault>\n"
    return _ENVELOPE.format(soap=names.SOAP_11, body=body).encode()


@lru_cache(maxsize=256)
def _wrapping(dialect_name: str, kind: Kind, verb: str, noun: str, answers_get: bool) -> tuple[str, str]:
    wrapping = dialect(dialect_name).wrapping(kind, verb, noun, answers_get=answers_get)
    return wrapping.root, wrapping.namespace


def _optional(tag: str, text: str | None) -> str:
    return f"<{tag}>{escaped(text)}</{tag}>" if text is not None else ""


def _header(header: Header) -> str:
    user = f"<User><UserID>{escaped(header.user)}</UserID>{_optional('Organization', header.organization)}</User>" if header.user else ""
    return (
        f"<m:Header><Verb>{header.verb}</Verb><Noun>{header.noun}</Noun>{_optional('Revision', header.revision)}"
        f"<Timestamp>{moment(header.timestamp)}</Timestamp><Source>{escaped(header.source)}</Source>"
        f"{'<AsyncReplyFlag>true</AsyncReplyFlag>' if header.async_reply else ''}{_optional('ReplyAddress', header.reply_address)}"
        f"{user}<MessageID>{escaped(header.message_id)}</MessageID>{_optional('CorrelationID', header.correlation_id)}"
        f"{_optional('Comment', header.comment)}</m:Header>\n"
    )


def _reply(reply: Reply) -> str:
    return f"<m:Reply><Result>{reply.result}</Result>{''.join(map(_error, reply.errors))}</m:Reply>\n"


def _error(error: ReplyError) -> str:
    about = ""
    if error.object_id is not None:
        about = f"<object><mRID>{escaped(error.object_id)}</mRID>{_optional('objectType', error.object_type)}</object>"
    reason = _optional("reason", error.reason or None)
    return f"<Error><code>{error.code}</code><level>{error.level}</level>{reason}{about}</Error>"


def _part(element: str, content: str) -> str:
    return f"<m:{element}>\n{content}</m:{element}>\n"
