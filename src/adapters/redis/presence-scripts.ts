/**
 * The presence decider (`domain/presence.ts`) in Lua, on the clock of Redis. A script changes one room, and
 * appends joins and leaves to the log in the same step.
 *
 * KEYS of each script: log, leases, listed, counted, due, empty. The value of a member is `<number of leases>
 * <author as JSON>`. Listed members are in `listed`, and those who are only counted (P6) are in `counted`.
 * `due` has the room as long as there are leases.
 */
import { EMPTY_ROOM_MS } from "../../app/ports/retention.ts";
import { LARGE_ROOM } from "../../domain/presence.ts";
import { FORMAT_VERSION } from "../../log/entry.ts";
import { APPEND, CLOCK, HEAD, NEW_ROOM } from "./log-scripts.ts";
import { script } from "./script.ts";

const MEMBERS = `
local log, leases, listed, counted, due, empty = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local function member_of(user)
  local home = listed
  local value = redis.call('HGET', home, user)
  if not value then
    home = counted
    value = redis.call('HGET', home, user)
  end
  if not value then return end
  local count, by = string.match(value, '^(%d+) (.*)$')
  return home, tonumber(count), by
end
local function store(home, user, count, by) redis.call('HSET', home, user, digits(count) .. ' ' .. by) end
local function append_member(type, by, max_events, max_age)
  append(log, '${FORMAT_VERSION}', type, '', by, '{}', max_events, max_age)
end
local function end_lease(lease, user, max_events, max_age)
  if redis.call('ZREM', leases, lease) == 0 then return end
  local home, count, by = member_of(user)
  if not home then return end
  if count > 1 then return store(home, user, count - 1, by) end
  redis.call('HDEL', home, user)
  if home == listed then append_member('member.left', by, max_events, max_age) end
end
local function schedule(room)
  local next_lease = redis.call('ZRANGE', leases, 0, 0, 'WITHSCORES')
  if next_lease[2] then
    redis.call('ZADD', due, next_lease[2], room)
    redis.call('ZREM', empty, room)
  else
    redis.call('ZREM', due, room)
    if redis.call('EXISTS', log) == 1 then
      redis.call('ZADD', empty, 'NX', digits(now_ms() + ${EMPTY_ROOM_MS}), room)
    end
  end
end`;

/**
 * ARGV room, maximum of entries, maximum age, duration of a lease, 1 if new rooms are allowed; then user,
 * connection and author as JSON of each.
 */
export const ENTER = script(
  CLOCK,
  HEAD,
  NEW_ROOM,
  APPEND,
  MEMBERS,
  `
if not may_make(log, ARGV[5]) then return redis.error_reply(FULL) end
local max_events, max_age = tonumber(ARGV[2]), tonumber(ARGV[3])
local expires = digits(now_ms() + ARGV[4])
for i = 6, #ARGV, 3 do
  local user, by = ARGV[i], ARGV[i + 2]
  local added = redis.call('ZADD', leases, expires, user .. ' ' .. ARGV[i + 1])
  local home, count, known = member_of(user)
  if not home then
    local is_listed = redis.call('HLEN', listed) + redis.call('HLEN', counted) < ${LARGE_ROOM}
    store(is_listed and listed or counted, user, 1, by)
    if is_listed then append_member('member.joined', by, max_events, max_age) end
  elseif added == 1 or known ~= by then
    store(home, user, count + added, by)
  end
end
schedule(ARGV[1])
return 0`,
);

/** ARGV room, maximum of entries, maximum age; then user and connection of each. */
export const LEAVE = script(
  CLOCK,
  HEAD,
  APPEND,
  MEMBERS,
  `
for i = 4, #ARGV, 2 do end_lease(ARGV[i] .. ' ' .. ARGV[i + 1], ARGV[i], tonumber(ARGV[2]), tonumber(ARGV[3])) end
schedule(ARGV[1])
return 0`,
);

/** ARGV room, grace time; then user and connection of each. */
export const DROP = script(
  CLOCK,
  HEAD,
  APPEND,
  MEMBERS,
  `
local expires = digits(now_ms() + ARGV[2])
for i = 3, #ARGV, 2 do redis.call('ZADD', leases, 'XX', expires, ARGV[i] .. ' ' .. ARGV[i + 1]) end
schedule(ARGV[1])
return 0`,
);

/**
 * ARGV room, maximum of entries, maximum age, maximum of leases to end. Replies 1 if more may have expired.
 */
export const SWEEP = script(
  CLOCK,
  HEAD,
  APPEND,
  MEMBERS,
  `
local now, max = digits(now_ms()), tonumber(ARGV[4])
local expired = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, max)
for _, lease in ipairs(expired) do
  end_lease(lease, string.match(lease, '^%S+'), tonumber(ARGV[2]), tonumber(ARGV[3]))
end
schedule(ARGV[1])
return #expired == max and 1 or 0`,
);

/** Replies {authors of the listed members as JSON, number of all members, head id, head seq}. */
export const MEMBERS_OF = script(
  CLOCK,
  HEAD,
  APPEND,
  MEMBERS,
  `
local authors = redis.call('HVALS', listed)
for i, value in ipairs(authors) do authors[i] = string.match(value, '^%d+ (.*)$') end
local head, seq = head_of(log)
return {authors, #authors + redis.call('HLEN', counted), head, seq}`,
);

/** KEYS due. ARGV maximum of rooms. Replies the rooms whose next lease has ended. */
export const DUE = script(
  CLOCK,
  `return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(now_ms()), 'LIMIT', 0, ARGV[1])`,
);

export const PRESENCE_SCRIPTS = [ENTER, LEAVE, DROP, SWEEP, MEMBERS_OF, DUE];
