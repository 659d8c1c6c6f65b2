-- The same request each time.
dofile("report.lua")
wrk.method = os.getenv("BENCH_METHOD")
local key = os.getenv("BENCH_KEY")
if key then wrk.headers["authorization"] = "Bearer " .. key end
