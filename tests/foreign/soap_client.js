// The billing as npm `soap` makes it, from nothing but served WSDLs: it reads, cuts off, tells an event, and makes a mistake.
//
// Told by its environment: HES_WSDL, MDMS_WSDL, EVENTS_WSDL, …_AUTHORIZATION, AT, LISTENS_AT. Prints a line of JSON for each exchange.
'use strict';

const { randomUUID } = require('crypto');
const soap = require('soap');

const { AT, LISTENS_AT, CIS_AUTHORIZATION, TESTER_AUTHORIZATION, HES_WSDL, MDMS_WSDL, EVENTS_WSDL } = process.env;
const ENVELOPE = 'http://iec.ch/TC57/2011/schema/message';
const payloadSpace = (noun) => `http://iec.ch/TC57/2011/${noun}#`;

const told = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const first = (value) => (Array.isArray(value) ? value[0] : value);

const header = (verb, noun, more = {}) => ({ Verb: verb, Noun: noun, Timestamp: AT, Source: 'cis', MessageID: randomUUID(), ...more });

const client = async (wsdl, authorization) => {
  const made = await soap.createClientAsync(wsdl);
  made.addHttpHeader('authorization', authorization);
  return made;
};

// A payload as this WSDL wants it: by its members where it declares them, as XML where it says that anything may stand there.
const holding = (made, operation, part, payload, members, xml) => {
  const [service] = Object.values(made.describe()).filter((each) => Object.values(each)[0][operation]);
  const declared = Object.values(service)[0][operation].input[part];
  return declared && declared[payload] ? { [payload]: members } : { $xml: xml };
};

const exchanges = async () => {
  const hes = await client(HES_WSDL, CIS_AUTHORIZATION);
  const mdms = await client(MDMS_WSDL, CIS_AUTHORIZATION);
  const events = await client(EVENTS_WSDL, TESTER_AUTHORIZATION);

  const query = holding(
    hes, 'GetMeterReadings', 'Request', 'GetMeterReadings', { EndDevice: { Names: { name: 'M-1' } } },
    `<GetMeterReadings xmlns="${payloadSpace('GetMeterReadings')}"><EndDevice><Names><name>M-1</name></Names></EndDevice></GetMeterReadings>`,
  );
  const [read] = await hes.GetMeterReadingsAsync({ Header: header('get', 'MeterReadings'), Request: query });
  const reading = first(first(read.Payload.MeterReadings.MeterReading).Readings);
  told({ exchange: 'read', result: read.Reply.Result, value: String(reading.value) });

  const later = header('get', 'MeterReadings', { AsyncReplyFlag: true, ReplyAddress: LISTENS_AT });
  const [accepted] = await hes.GetMeterReadingsAsync({ Header: inOrder(later), Request: query });
  told({ exchange: 'later', result: accepted.Reply.Result, payload: Boolean(accepted.Payload), message: later.MessageID });

  const order = header('create', 'MeterServiceRequests');
  const work = { kind: 'disconnect', requestDateTime: AT, Meter: { Names: { name: 'M-1' } } };
  const space = payloadSpace('MeterServiceRequests');
  const [ordered] = await mdms.CreateMeterServiceRequestsAsync({
    Header: order,
    Payload: holding(
      mdms, 'CreateMeterServiceRequests', 'Payload', 'MeterServiceRequests',
      { Header: { Verb: 'create', Noun: 'MeterServiceRequests' }, MeterServiceWork: work },
      `<MeterServiceRequests xmlns="${space}"><Header xmlns:h="${ENVELOPE}"><h:Verb>create</h:Verb><h:Noun>MeterServiceRequests</h:Noun></Header>`
        + `<MeterServiceWork><kind>disconnect</kind><requestDateTime>${AT}</requestDateTime><Meter><Names><name>M-1</name></Names></Meter>`
        + '</MeterServiceWork></MeterServiceRequests>',
    ),
  });
  told({ exchange: 'disconnect', result: ordered.Reply.Result, message: order.MessageID });

  const event = { createdDateTime: AT, Assets: { Names: { name: 'M-1' } }, EndDeviceEventType: { attributes: { ref: '3.12.0.257' } } };
  const [heard] = await events.CreatedEndDeviceEventsAsync({
    Header: header('created', 'EndDeviceEvents', { Source: 'tester' }),
    Payload: holding(
      events, 'CreatedEndDeviceEvents', 'Payload', 'EndDeviceEvents', { EndDeviceEvent: event },
      `<EndDeviceEvents xmlns="${payloadSpace('EndDeviceEvents')}"><EndDeviceEvent><createdDateTime>${AT}</createdDateTime>`
        + '<Assets><Names><name>M-1</name></Names></Assets><EndDeviceEventType ref="3.12.0.257"/></EndDeviceEvent></EndDeviceEvents>',
    ),
  });
  told({ exchange: 'event', result: heard.Reply.Result });

  const nameless = header('get', 'MeterReadings');
  delete nameless.MessageID;
  try {
    await hes.GetMeterReadingsAsync({ Header: nameless, Request: query });
    told({ exchange: 'fault', code: null });
  } catch (error) {
    const fault = error.root && error.root.Envelope.Body.Fault;
    told({ exchange: 'fault', code: fault ? fault.faultcode : String(error), reason: fault ? fault.faultstring : null });
  }
  told({ done: true });
};

// `soap` writes members in the order in which they come; the schema has one.
const inOrder = ({ Verb, Noun, Timestamp, Source, AsyncReplyFlag, ReplyAddress, MessageID }) => (
  { Verb, Noun, Timestamp, Source, AsyncReplyFlag, ReplyAddress, MessageID }
);

exchanges().catch((error) => { process.stderr.write(`${error.stack || error}\n`); process.exit(1); });
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
