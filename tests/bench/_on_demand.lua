-- What wrk sends: the same query every time, under an id of its own, and every answer has to be OK.
-- Arguments behind `--`: the file of the query, in which {id} stands for its id, and a word that no other run has in its ids.
local before, after, word
local number = 0
local threads = {}
refused = 0

setup = function(thread)
  table.insert(threads, thread)
end

init = function(args)
  local file = assert(io.open(args[1], "r"))
  local text = file:read("*a")
  file:close()
  local place = text:find("{id}", 1, true)
  before, after, word = text:sub(1, place - 1), text:sub(place + 4), args[2]
end

request = function()
  number = number + 1
  return wrk.format("POST", nil, nil, before .. word .. "-" .. number .. after)
end

response = function(status, _, body)
  if status ~= 200 or not body:find("Result>OK<", 1, true) then
    if refused == 0 then io.stderr:write(status .. " " .. body) end
    refused = refused + 1
  end
end

done = function(summary, latency)
  local wrong = 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("refused")
  end
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(99), wrong, lost))
end
