package io.cacheport.events;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The rules of a channel, being collected. For one thread; what {@link #start} gives does not change with it any more.
 *
 * @since 0.1
 */
public final class InvalidationsBuilder {

    static final int MOST = 1_000_000;

    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    final CacheServicePort cache;
    final EventLog log;
    final String channel;
    final List<CacheServicePort> ownCaches = new ArrayList<>();
    final Map<Class<?>, EventType<?>> types = new LinkedHashMap<>();
    Duration every = Duration.ofMillis(100);
    int keep = 10_000;
    int pendingLimit = 10_000;
    Runnable onGap = () -> {};
    Consumer<FailedEvent> onFailure = new FailedEventLog(System::nanoTime);

    InvalidationsBuilder(CacheServicePort cache, String channel) {
        if (cache == null) {
            throw new IllegalArgumentException("cache is null");
        }
        EventLog there = cache instanceof EventLoggingCache logging ? logging.eventLog() : null;
        if (there == null) {
            throw new IllegalArgumentException("cache " + cache + " has no channels: its store keeps no events");
        }
        if (channel == null || !CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException(
                    "channel \"" + channel + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
        }
        this.cache = cache;
        this.log = there;
        this.channel = channel;
    }

    /**
     * A rule: what an event of this class makes old. Several of one class are all applied.
     *
     * @param eventClass events of exactly this class, which the cache's codec can write and read
     * @param name what the class is called in the log, the same in all processes whatever they call the class: 1 to 64 letters,
     *     digits, dots, underscores, colons or hyphens
     * @param rule called by {@code publish}, and where the event arrives if that is needed; quick, without I/O
     * @throws IllegalArgumentException if the name breaks its rule, or the class has another name or the name another class
     */
    public <E> InvalidationsBuilder on(Class<E> eventClass, String name, Function<? super E, Invalidation> rule) {
        requireNotNull("rule", rule);
        type(eventClass, name).rules().add(rule);
        return this;
    }

    /**
     * What the application itself does about an event of this class, in every process, the publisher's too. Arguments as in
     * {@link #on}.
     */
    public <E> InvalidationsBuilder subscribe(Class<E> eventClass, String name, EventHandler<? super E> handler) {
        requireNotNull("handler", handler);
        type(eventClass, name).handlers().add(handler);
        return this;
    }

    @SuppressWarnings("unchecked") // each is kept under its own class
    private <E> EventType<E> type(Class<E> eventClass, String name) {
        requireNotNull("eventClass", eventClass);
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "event name \"" + name + "\" is not 1 to 64 letters, digits, dots, underscores, colons or hyphens");
        }
        for (EventType<?> known : types.values()) {
            if (known.name().equals(name) != known.eventClass().equals(eventClass)) {
                throw new IllegalArgumentException("event name \"" + name + "\" of " + eventClass.getName()
                        + " does not go with \"" + known.name() + "\" of "
                        + known.eventClass().getName() + ": one class, one name");
            }
        }
        return (EventType<E>) types.computeIfAbsent(eventClass, unused -> new EventType<>(name, eventClass));
    }

    /**
     * A cache that this process alone has, such as an {@code InMemoryCacheAdapter}, to which the rules are applied too, in
     * every process. Not closed with the rules.
     */
    public InvalidationsBuilder ownCache(CacheServicePort own) {
        requireNotNull("ownCache", own);
        ownCaches.add(own);
        return this;
    }

    /** How often the log is looked at, 1 ms to 1 minute; 100 ms unless set. Each look is one round trip. */
    public InvalidationsBuilder every(Duration pause) {
        if (pause == null || pause.compareTo(SHORTEST) < 0 || pause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("every " + pause + " is not from " + SHORTEST + " to " + LONGEST);
        }
        this.every = pause;
        return this;
    }

    /**
     * How many events the log keeps at least, 1 to 1,000,000; 10,000 unless set. A process that is cut off while more are
     * published has a gap (E7). The publisher's number counts.
     */
    public InvalidationsBuilder keep(int events) {
        this.keep = within("keep", events);
        return this;
    }

    /**
     * How many events may wait in this process while the store is away, 1 to 1,000,000; 10,000 unless set. The oldest stay, and
     * the newest are refused.
     */
    public InvalidationsBuilder pendingLimit(int events) {
        this.pendingLimit = within("pendingLimit", events);
        return this;
    }

    /**
     * What else to do where this process may have missed events (E7), after its own caches have been cleared; nothing unless
     * set. The cache of the channel is not cleared: its store is kept right by the publishers. Runs as a handler does.
     */
    public InvalidationsBuilder onGap(Runnable action) {
        requireNotNull("onGap", action);
        this.onGap = action;
        return this;
    }

    /**
     * Who is given what has failed for good (E5), on the thread of the channel; unless set, a line at WARN that names the
     * event's type and the handler.
     */
    public InvalidationsBuilder onFailure(Consumer<FailedEvent> taker) {
        requireNotNull("onFailure", taker);
        this.onFailure = taker;
        return this;
    }

    /**
     * Starts to listen, on a daemon thread. One round trip. If the store is away now, what happens before it is back counts as
     * missed (E7).
     *
     * @throws IllegalArgumentException if there is no rule and no handler
     */
    public Invalidations start() {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("channel \"" + channel + "\" has no rule and no handler");
        }
        return new Invalidations(this);
    }

    private static int within(String what, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(what + " " + number + " is not from 1 to " + MOST);
        }
        return number;
    }

    private static void requireNotNull(String what, Object given) {
        if (given == null) {
            throw new IllegalArgumentException(what + " is null");
        }
    }
}
