-- Sends the requests of a file by turns (a line each: media type, tab, target) and prints what came of it as JSON.
local requests, turn = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local media_type, target = line:match("^([^\t]+)\t(.+)$")
    requests[#requests + 1] = wrk.format("GET", target, { ["Accept"] = media_type, ["Host"] = wrk.headers["Host"] })
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  print(string.format('{"requests": %d, "failed": %d, "seconds": %.6f, "bytes": %.0f, "median": %.6f, "p95": %.6f}',
    summary.requests, failed, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e6, latency:percentile(95) / 1e6))
end
