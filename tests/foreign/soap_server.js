// A system made with npm `soap` from nothing but a served WSDL: it takes readings and events, and tells what it was told.
//
// node soap_server.js WSDL PORT [FLAW]
// SOAP_PASSWORDS: JSON, who may ask it what by which password; FLAW: what it does wrong, to see that this is found.
// Prints its address as one line of JSON, then a line for every message; serves until its input ends.
'use strict';

const http = require('http');
const { randomUUID } = require('crypto');
const soap = require('soap');

const [wsdlAddress, port, flaw] = process.argv.slice(2);
const passwords = JSON.parse(process.env.SOAP_PASSWORDS || '{}');
const system = process.env.SOAP_SYSTEM || 'mdms';
const READINGS = 'http://iec.ch/TC57/2011/MeterReadings#';
const ENVELOPE = 'http://iec.ch/TC57/2011/schema/message';
const REGISTER = '0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0';
const PATH = '/soap';

const told = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const fetched = async (address) => (await fetch(address)).text();

// `soap` writes what a server answers in the namespace of the root, whatever the schema says: prefixes have to be given.
const qualified = (parts) => {
  if (flaw === 'namespace') return parts;
  const named = Object.fromEntries(Object.entries(parts).map(([name, value]) => [`h:${name}`, value]));
  return { attributes: { 'xmlns:h': ENVELOPE }, ...named };
};

// The header and reply of an answer.
const answer = (asked, result, code) => ({
  Header: qualified({
    Verb: 'reply',
    Noun: asked.Noun,
    Timestamp: process.env.AT || new Date().toISOString(),
    Source: system,
    MessageID: randomUUID(),
    CorrelationID: flaw === 'correlation' ? randomUUID() : asked.MessageID,
  }),
  Reply: qualified({ Result: result, Error: qualified({ code, level: result === 'OK' ? 'INFORM' : 'FATAL' }) }),
});

// One register value of a meter.
const reading = (meter) => {
  const now = flaw === 'offset' ? new Date().toISOString().replace('Z', '') : new Date().toISOString();
  const named = (parts) => Object.fromEntries(Object.entries(parts).map(([name, value]) => [`r:${name}`, value]));
  const value = named({ timeStamp: now, value: '366.000', ReadingType: { attributes: { ref: REGISTER } } });
  const told = named({ Meter: named({ Names: named({ name: meter }) }), Readings: value, valuesInterval: named({ end: now, start: now }) });
  return { 'r:MeterReadings': { attributes: { 'xmlns:r': READINGS }, ...named({ MeterReading: told }) } };
};

const first = (value) => (Array.isArray(value) ? value[0] : value);

const get = (args) => {
  if (!args.Header || !args.Header.MessageID) {
    throw { Fault: { faultcode: 'soap:Client', faultstring: 'the message has no MessageID', statusCode: 500 } };
  }
  const device = first(args.Request.GetMeterReadings.EndDevice);
  return { ...answer(args.Header, 'OK', '0.0'), Payload: reading(first(device.Names).name) };
};

const take = (args) => {
  told({ heard: args.Header.Verb, noun: args.Header.Noun, from: args.Header.Source, correlation: args.Header.CorrelationID || null });
  return answer(args.Header, flaw === 'refusal' ? 'FAILED' : 'OK', flaw === 'refusal' ? '5.0' : '0.0');
};

// What each operation of the WSDL does: queries are answered, all else is taken.
const behaviour = (definitions) => {
  const services = {};
  for (const [service, { ports }] of Object.entries(definitions.services)) {
    services[service] = {};
    for (const [name, { binding }] of Object.entries(ports)) {
      services[service][name] = {};
      for (const operation of Object.keys(binding.methods)) {
        services[service][name][operation] = operation.startsWith('Get') ? get : take;
      }
    }
  }
  return services;
};

const isKnown = (request) => {
  if (!Object.keys(passwords).length) return true;
  const [user, password] = Buffer.from((request.headers.authorization || '').replace('Basic ', ''), 'base64').toString().split(':');
  return passwords[user] === password && password !== undefined;
};

const FAULT = '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>'
  + '<faultcode>soap:Client</faultcode><faultstring>who are you?</faultstring></soap:Fault></soap:Body></soap:Envelope>';

const main = async () => {
  // `soap` serves the WSDL and none of its schemas: they stay where they were read.
  const xml = (await fetched(wsdlAddress)).replaceAll('schemaLocation="?', `schemaLocation="${wsdlAddress.split('?')[0]}?`);
  const server = http.createServer((_, response) => { response.statusCode = 404; response.end(); });
  await new Promise((resolve) => { server.listen(Number(port), '127.0.0.1', resolve); });
  const services = {};
  const listening = await new Promise((resolve, reject) => {
    const made = soap.listen(server, {
      path: /^\/soap/,
      services,
      xml,
      uri: wsdlAddress,
      callback: (error) => (error ? reject(error) : setImmediate(() => resolve(made))),
    });
  });
  const serviceOf = {};
  Object.assign(services, behaviour(listening.wsdl.definitions));
  for (const [service, { ports }] of Object.entries(listening.wsdl.definitions.services)) {
    for (const bound of Object.values(ports)) {
      // `soap` goes by the path alone, and would give every message to the first service at it.
      bound.location = `${PATH}/${service}`;
      for (const method of Object.values(bound.binding.methods)) serviceOf[method.soapAction] = service;
    }
  }
  const [serve] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.method === 'POST') {
      if (!isKnown(request)) {
        request.resume();
        response.writeHead(401, { 'content-type': 'text/xml; charset=utf-8', 'www-authenticate': 'Basic realm="foreign"' });
        response.end(FAULT);
        return;
      }
      const service = serviceOf[(request.headers.soapaction || '').replace(/"/g, '')];
      if (service) request.url = `${PATH}/${service}`;
    }
    serve(request, response);
  });
  told({ address: `http://127.0.0.1:${server.address().port}${PATH}` });
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
};

main().catch((error) => { process.stderr.write(`${error.stack || error}\n`); process.exit(1); });
