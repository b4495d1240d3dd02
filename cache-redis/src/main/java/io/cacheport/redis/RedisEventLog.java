package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.events.EventEntry;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventPage;
import io.cacheport.events.EventPage.Positioned;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events in a stream for each channel. Positions are ids of entries, of which there is always one: the entry that a reader
 * stands on tells it that nothing after it is gone, since streams are cut at their old end; where it is gone itself, the
 * first one left says which one came before it.
 */
final class RedisEventLog implements EventLog {

    private static final byte[] YES = {'1'};
    private static final byte[] NO = {'0'};
    private static final byte[] NOTHING = {};

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final FailureHandler failures;

    RedisEventLog(RedisSettings settings, RedisGuard guard, StoredValues values, FailureHandler failures) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.failures = failures;
    }

    @Override
    public Object encode(String channel, Object event) {
        byte[] stream = stream(channel);
        byte[] encoded = values.encoded(stream, event);
        if (values.isTooLarge(encoded)) {
            throw failures.toThrow("publish", ErrorCause.TOO_LARGE, null);
        }
        return KeyMark.marked(encoded, stream);
    }

    @Override
    public <T> T decode(String channel, Object content, TypeRef<T> type) throws UnreadableValueException {
        try {
            T event = values.read(stream(channel), (byte[]) content, type);
            if (event != null) {
                return event;
            }
            throw new UnreadableValueException(type, "null");
        } catch (UnusableException unusable) {
            throw new UnreadableValueException(type, unusable.errorCause().tag());
        }
    }

    @Override
    public void append(String channel, EventEntry entry, int keep) {
        byte[] stream = stream(channel);
        byte[][] arguments = {
            Script.argument(keep),
            bytes(entry.type()),
            bytes(entry.publisher()),
            entry.applied() ? YES : NO,
            (byte[]) entry.content()
        };
        String unused =
                asked("publish", Kind.WRITE, stream, commands -> Script.EVENT_APPEND.run(commands, stream, arguments));
    }

    @Override
    public String end(String channel) {
        byte[] stream = stream(channel);
        byte[] last = asked("events", Kind.LEASE, stream, commands -> Script.EVENT_END.run(commands, stream));
        return text(last);
    }

    @Override
    @SuppressWarnings("unchecked") // as the script makes it
    public EventPage read(String channel, String position, int atMost) {
        byte[] stream = stream(channel);
        byte[] from = bytes(position);
        byte[] count = Script.argument(atMost + 1L);
        // no mere read: a user who may not is no sign of an ill node
        List<Object> answer =
                asked("events", Kind.LEASE, stream, commands -> Script.EVENT_READ.run(commands, stream, from, count));
        boolean stands = (Long) answer.get(0) == 1;
        List<List<Object>> entries = (List<List<Object>>) answer.get(1);
        if (entries.isEmpty()) {
            return stands ? new EventPage(List.of(), position, false) : new EventPage(List.of(), end(channel), true);
        }
        boolean gap = !stands
                && !text(fields(entries.get(0)).getOrDefault("p", NOTHING)).equals(position);
        return page(entries, gap);
    }

    private static EventPage page(List<List<Object>> entries, boolean gap) {
        List<Positioned> events = new ArrayList<>(entries.size());
        String position = "";
        for (List<Object> entry : entries) {
            position = text((byte[]) entry.get(0));
            Map<String, byte[]> fields = fields(entry);
            if (fields.containsKey("t")) { // or it is there to begin after
                events.add(new Positioned(position, entry(fields)));
            }
        }
        return new EventPage(events, position, gap);
    }

    private static EventEntry entry(Map<String, byte[]> fields) {
        return new EventEntry(
                text(fields.getOrDefault("t", NOTHING)),
                text(fields.getOrDefault("w", NOTHING)),
                text(fields.getOrDefault("a", NOTHING)).equals("1"),
                fields.getOrDefault("e", NOTHING));
    }

    private static Map<String, byte[]> fields(List<Object> entry) {
        List<?> flat = (List<?>) entry.get(1);
        Map<String, byte[]> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text((byte[]) flat.get(i)), (byte[]) flat.get(i + 1));
        }
        return fields;
    }

    private <R> R asked(String operation, Kind kind, byte[] stream, Command<R> command) {
        try {
            return guard.calls().call(kind, stream, command);
        } catch (CommandFailure failure) {
            CacheException counted = failures.toThrow(operation, failure.errorCause(), failure.getCause());
            throw counted;
        }
    }

    private byte[] stream(String channel) {
        return settings.keyBeside("events", channel, "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
