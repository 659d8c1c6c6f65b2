-- Each request is another buyer with an Idempotency-Key of its own.
dofile("report.lua")
local run, count = os.getenv("BENCH_RUN"), 0
local headers = { ["authorization"] = "Bearer " .. os.getenv("BENCH_KEY"), ["content-type"] = "application/json" }

function request()
  count = count + 1
  local name = run .. "-" .. count
  headers["idempotency-key"] = name
  return wrk.format("POST", nil, headers, '{"buyer":"' .. name .. '","quantity":1,"ttl_seconds":3600}')
end
