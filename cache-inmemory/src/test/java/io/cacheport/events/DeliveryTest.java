package io.cacheport.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.spi.UnreadableValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reading of the log, step by step and without time. */
class DeliveryTest {

    record Changed(int id) {}

    /** A cache whose log can be made ill, and says what it was asked for. */
    private static final class Watched extends ForwardingCacheService implements EventLoggingCache, EventLog {

        private final EventLog events;
        private final List<Integer> pages = new ArrayList<>();

        @Nullable
        ErrorCause ill;

        Watched(InMemoryCacheAdapter cache) {
            super(cache);
            this.events = cache.eventLog();
        }

        private void requireWell() {
            if (ill != null) {
                throw CacheException.of(ill, "made to", null);
            }
        }

        @Override
        public EventLog eventLog() {
            return this;
        }

        @Override
        public Object encode(String channel, Object event) {
            return events.encode(channel, event);
        }

        @Override
        public <T> T decode(String channel, Object content, TypeRef<T> type) throws UnreadableValueException {
            return events.decode(channel, content, type);
        }

        @Override
        public void append(String channel, EventEntry entry, int keep) {
            requireWell();
            events.append(channel, entry, keep);
        }

        @Override
        public String end(String channel) {
            requireWell();
            return events.end(channel);
        }

        @Override
        public EventPage read(String channel, String position, int atMost) {
            pages.add(atMost);
            requireWell();
            return events.read(channel, position, atMost);
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }
    }

    private final Watched cache = new Watched(InMemoryCacheAdapter.create());
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();
    private final List<FailedEvent> failed = new ArrayList<>();
    private boolean open = true;

    @AfterEach
    void close() {
        cache.close();
    }

    private boolean pause(long nanos) {
        if (nanos > 0) {
            pauses.add(Duration.ofNanos(nanos));
        }
        return open;
    }

    private InvalidationsBuilder listening() {
        return Invalidations.over(cache, "c")
                .onFailure(failed::add)
                .subscribe(Changed.class, "changed", e -> heard.add(e.id()));
    }

    private Delivery delivery(InvalidationsBuilder settings) {
        Map<String, EventType<?>> types = new HashMap<>();
        settings.types.values().forEach(type -> types.put(type.name(), type.copy()));
        Targets targets = new Targets(settings.cache, settings.ownCaches);
        Delivery delivery = new Delivery(settings, "me", types, targets, this::pause);
        delivery.begin();
        return delivery;
    }

    private void append(int id) {
        cache.append("c", new EventEntry("changed", "other", true, cache.encode("c", new Changed(id))), 10_000);
    }

    private static Duration round(Delivery delivery) {
        return Duration.ofNanos(delivery.round());
    }

    @Test
    void retriesPauseLongerEachTimeAndOthersDoNotWait() {
        Delivery delivery = delivery(listening()
                .subscribe(Changed.class, "changed", e -> {
                    throw new IllegalStateException("made to fail after " + heard.size());
                })
                .subscribe(Changed.class, "changed", e -> assertThat(pauses).hasSizeLessThan(4)));
        append(1);

        assertThat(round(delivery)).isEqualTo(Duration.ofMillis(100));

        assertThat(heard).containsExactly(1);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(failed).extracting(FailedEvent::handler).containsExactly("handler 2");
        assertThat(round(delivery)).isEqualTo(Duration.ofMillis(100));
        assertThat(heard).as("the position moved on").containsExactly(1);
    }

    @Test
    void whatIsClosedInTheMiddleHandsOverAtOnceAndReadsNoFurther() {
        Delivery delivery = delivery(listening().subscribe(Changed.class, "changed", e -> {
            open = false;
            throw new IllegalStateException("made to fail");
        }));
        append(1);
        append(2);

        round(delivery);

        assertThat(failed).extracting(FailedEvent::event).containsExactly(new Changed(1));
        assertThat(heard).containsExactly(1);
    }

    @Test
    void anIllStoreIsAskedLessOften() {
        Delivery delivery = delivery(listening());
        append(1);
        cache.ill = ErrorCause.UNAVAILABLE;

        assertThat(List.of(round(delivery), round(delivery), round(delivery), round(delivery), round(delivery)))
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(1));
        cache.ill = null;
        assertThat(round(delivery)).isEqualTo(Duration.ofMillis(100));
        assertThat(heard).containsExactly(1);
        cache.ill = ErrorCause.UNAVAILABLE;
        assertThat(round(delivery)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aPageThatIsTooLargeForTheTimeoutBecomesSmaller() {
        Delivery delivery = delivery(listening());
        cache.ill = ErrorCause.TIMEOUT;
        round(delivery);
        round(delivery);
        cache.ill = null;
        round(delivery);
        round(delivery);

        assertThat(cache.pages).containsExactly(64, 32, 16, 32);
    }

    @Test
    void aFullPageIsFollowedAtOnce() {
        Delivery delivery = delivery(listening());
        for (int i = 0; i < 100; i++) {
            append(i);
        }
        assertThat(round(delivery)).isZero();
        assertThat(round(delivery)).isPositive();
        assertThat(heard).hasSize(100);
    }

    @Test
    void aGapClearsOwnCachesBeforeWhatComesAfterIt() {
        InMemoryCacheAdapter own = InMemoryCacheAdapter.create();
        cache.ill = ErrorCause.UNAVAILABLE;
        List<String> order = new ArrayList<>();
        Delivery delivery = delivery(listening().ownCache(own).onGap(() -> {
            order.add("gap, own cache " + (own.exists("k") ? "full" : "empty"));
            throw new IllegalStateException("made to fail");
        }));
        own.set("k", "old", Duration.ofMinutes(1));
        round(delivery);
        assertThat(own.exists("k")).isTrue();
        cache.ill = null;

        round(delivery);

        assertThat(order).hasSize(4).containsOnly("gap, own cache empty");
        assertThat(failed).extracting(FailedEvent::handler).containsExactly("onGap");
        append(1);
        round(delivery);
        assertThat(heard).containsExactly(1);
        own.close();
    }
}
