-- Each request is the next of BENCH_QUERIES (a file of one path a line), asked in the shop that BENCH_HOST names.
dofile("report.lua")
wrk.headers["Host"] = os.getenv("BENCH_HOST")
local paths, next = {}, 0
for line in io.lines(os.getenv("BENCH_QUERIES")) do paths[#paths + 1] = line end

function request()
  next = next % #paths + 1
  return wrk.format("GET", paths[next])
end
