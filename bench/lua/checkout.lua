-- Each request turns another cart into an order; the run ends early when the carts are used up.
dofile("report.lua")
local run, count, carts = os.getenv("BENCH_RUN"), 0, {}
for id in io.lines(os.getenv("BENCH_CARTS")) do carts[#carts + 1] = id end
local headers = { ["content-type"] = "application/json" }
local rest = ',"email":"bench@example.com","shipping_address":{"name":"Bench","line1":"1 Main Street","city":"Town","country":"US"}}'

function request()
  count = count + 1
  if count >= #carts then wrk.thread:stop() end
  headers["idempotency-key"] = run .. "-" .. count
  return wrk.format("POST", nil, headers, '{"cart_id":"' .. carts[math.min(count, #carts)] .. '"' .. rest)
end
