-- Prints one JSON line at the end. wrk counts every status above 399 as an error; bench/run.mjs has checked the exact status
-- of one call before, so that no script has to look at each answer and slow the client down. A script that expects refusals
-- counts what it does not expect in the global `unexpected`, which then stands for wrk's count.
unexpected = -1
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function done(summary, latency)
  local e = summary.errors
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + math.max(thread:get("unexpected"), 0) end
  local status = threads[1]:get("unexpected") >= 0 and wrong or e.status
  io.write(string.format(
    '\n{"rps":%.1f,"p50_ms":%.2f,"p99_ms":%.2f,"errors":%d,"requests":%d}\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    status + e.connect + e.read + e.write + e.timeout, summary.requests))
end
