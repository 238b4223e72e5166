/**
 * The log in Lua: the scripts that append and read.
 *
 * The fields of an entry, in this order (docs/stored-format.md): `s` its seq, `p` the id of the entry before
 * it, `v` the format's version, `t` the type, `m` the subject or '', `a` the author as JSON, `b` the body as
 * JSON. Scripts read them by their index. A newer version may only add fields after them.
 *
 * The next seq is computed from the last entry only. So the number can't be lost or restored apart from the
 * log.
 */
import { script } from "./script.ts";

/** The milliseconds of Redis's clock and of an id. */
export const CLOCK = `
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function ms_of(id) return tonumber(string.match(id, '^%d+')) end
local function digits(number) return string.format('%.0f', number) end`;

export const HEAD = `
local function head_of(log)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  if last then return last[1], tonumber(last[2][2]) end
  return '0-0', 0
end
local function first_of(log)
  local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
  if first then return first[1], tonumber(first[2][2]) end
  return '0-0', 0
end`;

/**
 * If Redis is nearly full, a script does not make a new room (L5). The reply is an error that starts with
 * FULL.
 */
export const NEW_ROOM = `
local function may_make(log, allowed)
  return allowed == '1' or redis.call('EXISTS', log) == 1
end
local FULL = 'FULL no new rooms: Redis is over 90 % of its maxmemory'`;

/**
 * Trims exactly (ADR 3). With '~' a stream would keep up to a hundred entries too many. The new entry always
 * stays.
 */
export const APPEND = `
local function append(log, version, type, subject, author, body, max_events, max_age)
  local previous, seq = head_of(log)
  seq = seq + 1
  local id = redis.call('XADD', log, '*', 's', digits(seq), 'p', previous,
    'v', version, 't', type, 'm', subject, 'a', author, 'b', body)
  if max_events > 0 then redis.call('XTRIM', log, 'MAXLEN', digits(max_events)) end
  if max_age > 0 then redis.call('XTRIM', log, 'MINID', digits(math.max(0, ms_of(id) - max_age))) end
  return id, seq
end`;

/** The indices (from 1) of the entries that have the text of a deleted message (D6). */
export const REDACTIONS = `
local function text_owner(id, fields)
  if fields[8] == 'message.posted' then return id end
  if fields[8] == 'message.edited' then return fields[10] end
end
local function redactions(deleted, entries)
  local found = {}
  if redis.call('ZCARD', deleted) == 0 then return found end
  for index, entry in ipairs(entries) do
    local message = text_owner(entry[1], entry[2])
    if message and redis.call('ZSCORE', deleted, message) then found[#found + 1] = index end
  end
  return found
end`;

/**
 * KEYS log, deleted, keys, old keys, empty, erasures, rewrite state. ARGV version, type, subject or '',
 * author, body, `<user> <key>`, target or '', maximum of entries, maximum age, lifetime of keys, room,
 * lifetime of an empty room, 1 if new rooms are allowed. Replies {} if the target is gone, otherwise {id,
 * seq, 1 for a duplicate}.
 */
export const APPEND_FACT = script(
  CLOCK,
  HEAD,
  NEW_ROOM,
  APPEND,
  `
if not may_make(KEYS[1], ARGV[13]) then return redis.error_reply(FULL) end
local log, deleted, keys, old = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local type, name, target = ARGV[2], ARGV[6], ARGV[7]
local max_events, max_age, ttl = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
if target ~= '' then
  local about = redis.call('XRANGE', log, target, target)[1]
  if not about or about[2][8] ~= 'message.posted' then return {} end
  if redis.call('ZSCORE', deleted, target) then return {} end
end
-- Keys have generations instead of a TTL, with which they could be evicted. The field '' has the time when one began.
local now = now_ms()
local began = redis.call('HGET', keys, '')
if began and now - began >= 2 * ttl then
  redis.call('UNLINK', keys, old)
  began = false
elseif began and now - began >= ttl then
  redis.call('UNLINK', old)
  redis.call('RENAME', keys, old)
  began = false
end
if not began then redis.call('HSET', keys, '', digits(now)) end
local known = redis.call('HGET', keys, name)
local where = keys
if not known then
  known = redis.call('HGET', old, name)
  where = old
end
if known then
  -- Written again, so that a WAIT on this connection also covers the append of another connection.
  redis.call('HSET', where, name, known)
  local id, seq = string.match(known, '^(%S+) (%d+)$')
  return {id, tonumber(seq), 1}
end
local id, seq = append(log, ARGV[1], type, ARGV[3], ARGV[4], ARGV[5], max_events, max_age)
redis.call('HSET', keys, name, id .. ' ' .. digits(seq))
if seq == 1 then redis.call('ZADD', KEYS[5], 'NX', digits(now + ARGV[12]), ARGV[11]) end
if type == 'message.deleted' then
  redis.call('ZADD', deleted, ms_of(target), target)
  redis.call('ZADD', KEYS[6], 'NX', digits(now), ARGV[11])
  if redis.call('EXISTS', KEYS[7]) == 1 then redis.call('HSET', KEYS[7], 'dirty', '1') end
end
if redis.call('ZCARD', deleted) > 0 then
  local first = first_of(log)
  redis.call('ZREMRANGEBYSCORE', deleted, '-inf', '(' .. digits(ms_of(first)))
end
return {id, seq, 0}`,
);

/**
 * KEYS log, deleted. ARGV position, limit. Replies {1 if found, first id, first seq, head id, head seq,
 * entries (up to one more than the limit), redactions}.
 */
export const READ_AFTER = script(
  HEAD,
  REDACTIONS,
  `
local log, position, limit = KEYS[1], ARGV[1], tonumber(ARGV[2])
local entries = redis.call('XRANGE', log, position, '+', 'COUNT', limit + 2)
local found = 0
if entries[1] and entries[1][1] == position then
  found = 1
  table.remove(entries, 1)
elseif position ~= '0-0' then
  entries = {}
end
local first, first_seq = first_of(log)
local head, head_seq = head_of(log)
return {found, first, first_seq, head, head_seq, entries, redactions(KEYS[2], entries)}`,
);

/**
 * KEYS log, deleted. ARGV the newest id ('+', or '(' and an id that is excluded), limit. Replies {head id,
 * head seq, entries (newest first, up to one more than the limit), redactions}.
 */
export const READ_BEFORE = script(
  HEAD,
  REDACTIONS,
  `
local entries = {}
if ARGV[1] ~= '(0-0' then entries = redis.call('XREVRANGE', KEYS[1], ARGV[1], '-', 'COUNT', ARGV[2] + 1) end
local head, head_seq = head_of(KEYS[1])
return {head, head_seq, entries, redactions(KEYS[2], entries)}`,
);

/** KEYS log, deleted. ARGV id. Replies {entries (one or none), redactions}. */
export const READ_ONE = script(
  REDACTIONS,
  `
local entries = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
return {entries, redactions(KEYS[2], entries)}`,
);

/** KEYS log. ARGV id, seq. Replies 1 if the log neither holds that entry nor has trimmed it (R4). */
export const DIVERGED = script(
  HEAD,
  `
local entry = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
if entry and entry[2][2] == ARGV[2] then return 0 end
local _, first_seq = first_of(KEYS[1])
return first_seq > tonumber(ARGV[2]) and 0 or 1`,
);

export const LOG_SCRIPTS = [APPEND_FACT, READ_AFTER, READ_BEFORE, READ_ONE, DIVERGED];
