// The page that Cucumber's own formatter makes of a stream of messages: node cucumber_page.mjs MESSAGES PAGE
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import formatter from '@cucumber/html-formatter'

const [messages, page] = process.argv.slice(2)
const Stream = formatter.CucumberHtmlStream ?? formatter.default ?? formatter
async function* envelopes() {
  for await (const line of createInterface({ input: createReadStream(messages) })) yield JSON.parse(line)
}
await pipeline(envelopes(), new Stream(), createWriteStream(page))
