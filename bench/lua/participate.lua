-- Each request is another buyer of one flash sale; with BENCH_BODY also the order. Losers are refused with 409.
dofile("report.lua")
unexpected = 0
local run, count, body = os.getenv("BENCH_RUN"), 0, os.getenv("BENCH_BODY")
local headers = { ["content-type"] = "application/json" }

function request()
  count = count + 1
  return wrk.format("POST", nil, headers, '{"email":"' .. run .. count .. '@example.com"' .. body .. "}")
end

function response(status)
  if status ~= 201 and status ~= 409 then unexpected = unexpected + 1 end
end
