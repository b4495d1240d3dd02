package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheDataException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in Redis when values are encrypted, and what becomes of those that someone changed there. */
class RedisEncryptionTest {

    private static final RedisServer SERVER = RedisServer.start();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final CachePolicy TAGGED = CachePolicy.ttl(MINUTE).tags("people");
    private static final byte[] OLD = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] NEW = "fedcba9876543210".getBytes(UTF_8);
    private static final Patient PATIENT = new Patient("Grace Hopper", "penicillin ".repeat(200));

    private final RespClient client = SERVER.client();
    private final JsonCodec json = JsonCodec.create();
    private final RedisCacheAdapter cache = open(json.compressed().encrypted(EncryptionKeys.of("old", OLD)));

    record Patient(String fullName, String allergies) {}

    private static RedisCacheAdapter open(Codec codec) {
        return open(codec, "cache:");
    }

    private static RedisCacheAdapter open(Codec codec, String prefix) {
        return RedisCacheAdapter.builder(SERVER.uri())
                .commandTimeout(Duration.ofSeconds(10))
                .codec(codec)
                .keyPrefix(prefix)
                .build();
    }

    @AfterEach
    void close() {
        client.call("FLUSHALL");
        cache.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private byte[] stored(String redisKey) {
        return (byte[]) Objects.requireNonNull(client.call("GET".getBytes(UTF_8), redisKey.getBytes(UTF_8)));
    }

    private void store(String redisKey, byte[] value) {
        assertThat(client.call("SET".getBytes(UTF_8), redisKey.getBytes(UTF_8), value))
                .isNotNull();
    }

    @Test
    void nothingOfAValueIsReadable() {
        cache.set("plain", PATIENT, MINUTE);
        Patient loaded = withCache(
                cache,
                "framed",
                CachePolicy.ttl(MINUTE).staleIfError(MINUTE),
                TypeRef.of(Patient.class),
                () -> PATIENT);

        assertThat(loaded).isEqualTo(PATIENT);
        for (String key : new String[] {"cache:plain", "cache:framed"}) {
            assertThat(new String(stored(key), ISO_8859_1))
                    .doesNotContain("fullName", "allergies", "Grace", "penicillin")
                    .hasSizeLessThan(500);
        }
        assertThat(cache.get("plain", Patient.class)).isEqualTo(PATIENT);
        assertThat(cache.get("framed", Patient.class)).isEqualTo(PATIENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 10, 20, 40, -20, -17, -1})
    void aChangedByteIsAMissThatIsCounted(int place) {
        cache.set("k", PATIENT, MINUTE);
        byte[] changed = stored("cache:k");
        changed[place < 0 ? changed.length + place : place] ^= 0x10;
        store("cache:k", changed);

        assertThat(cache.get("k", Patient.class)).isNull();
        assertThat(cache.getStats().errors()).isEqualTo(1);
        assertThat(withCache(cache, "k", MINUTE, Patient.class, () -> PATIENT)).isEqualTo(PATIENT);
        assertThat(cache.get("k", Patient.class)).isEqualTo(PATIENT);
    }

    /** The mark of a key is no secret: whoever moves a value can put it right. */
    @Test
    void movedToAnotherKeyItIsAMissThoughItsMarkIsPutRight() {
        cache.set("t1:k", PATIENT, MINUTE);
        byte[] stored = stored("cache:t1:k");
        byte[] body = Arrays.copyOf(stored, stored.length - KeyMark.LENGTH);
        store("cache:t2:k", KeyMark.marked(body, "cache:t2:k".getBytes(UTF_8)));
        store("other:t1:k", KeyMark.marked(body, "other:t1:k".getBytes(UTF_8)));

        assertUnreadable(cache, "t2:k");
        assertThat(cache.get("t1:k", Patient.class)).isEqualTo(PATIENT);
        try (RedisCacheAdapter other = open(json.encrypted(EncryptionKeys.of("old", OLD)), "other:")) {
            assertUnreadable(other, "t1:k");
        }
    }

    private static void assertUnreadable(RedisCacheAdapter cache, String key) {
        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache.strict().get(key, Patient.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.UNREADABLE));
        long errors = cache.getStats().errors();

        assertThat(cache.get(key, Patient.class)).isNull();

        assertThat(cache.getStats().errors()).isEqualTo(errors + 1);
    }

    @Test
    void plantedPlainJsonIsAMiss() {
        client.call("SET", "cache:k", "{\"fullName\":\"Mallory\",\"allergies\":\"none\"}");

        assertUnreadable(cache, "k");
    }

    @Test
    void keysAreChangedWhileValuesStay() {
        cache.set("k", PATIENT, MINUTE);
        EncryptionKeys both = EncryptionKeys.of("new", NEW).alsoReading("old", OLD);

        try (RedisCacheAdapter changing = open(json.compressed().encrypted(both));
                RedisCacheAdapter done = open(json.compressed().encrypted(EncryptionKeys.of("new", NEW)))) {
            assertThat(changing.get("k", Patient.class)).isEqualTo(PATIENT);
            assertUnreadable(done, "k");
            changing.set("k", PATIENT, MINUTE);
            assertThat(done.get("k", Patient.class)).isEqualTo(PATIENT);
            assertUnreadable(cache, "k");
        }
    }

    @Test
    void compressionIsSwitchedOnWhileOthersRun() {
        try (RedisCacheAdapter before = open(json);
                RedisCacheAdapter after = open(json.compressed())) {
            before.set("before", PATIENT, MINUTE);
            after.set("after", PATIENT, MINUTE);

            assertThat(after.get("before", Patient.class)).isEqualTo(PATIENT);
            assertUnreadable(before, "after");
            assertThat(withCache(before, "after", MINUTE, Patient.class, () -> PATIENT))
                    .isEqualTo(PATIENT);
            assertThat(after.get("after", Patient.class)).isEqualTo(PATIENT);
        }
    }

    /** A tag is made by one process and read by all, whatever keys they have; else nothing that has it were ever cached. */
    @Test
    void tagsAreReadByProcessesWithOtherKeys() {
        try (RedisCacheAdapter plain = open(json);
                RedisCacheAdapter rotated = open(json.encrypted(EncryptionKeys.of("new", NEW)))) {
            assertThat(withCache(plain, "first", TAGGED, TypeRef.of(Patient.class), () -> PATIENT))
                    .isEqualTo(PATIENT);
            for (RedisCacheAdapter one : new RedisCacheAdapter[] {cache, rotated}) {
                String key = "tagged" + one.hashCode();
                AtomicInteger loads = new AtomicInteger();
                for (int i = 0; i < 2; i++) {
                    loadTagged(one, key, loads);
                }
                assertThat(loads).hasValue(1);
                CacheAside.invalidateTag(plain, "people");
                loadTagged(one, key, loads);
                assertThat(loads).hasValue(2);
            }
        }
    }

    private static void loadTagged(RedisCacheAdapter cache, String key, AtomicInteger loads) {
        Patient loaded = withCache(cache, key, TAGGED, TypeRef.of(Patient.class), () -> {
            loads.incrementAndGet();
            return PATIENT;
        });
        assertThat(loaded).isEqualTo(PATIENT);
    }

    @Test
    void neitherValuesNorKeysAreLogged() {
        try (RedisTestLog log = RedisTestLog.open()) {
            client.call("SET", "cache:k", "{\"fullName\":\"Mallory\",\"allergies\":\"none\"}");
            assertThat(cache.get("k", Patient.class)).isNull();
            cache.set("k2", PATIENT, MINUTE);
            byte[] changed = stored("cache:k2");
            changed[30] ^= 1;
            store("cache:k2", changed);
            assertThat(cache.get("k2", Patient.class)).isNull();

            assertThat(String.join("\n", log.lines()))
                    .isNotEmpty()
                    .doesNotContain("Mallory", "Grace", new String(OLD, UTF_8));
        }
    }

    @Test
    void inATieredCacheTheStoreIsEncrypted() {
        try (TieredCache tiered = Tiered.near(InMemoryCacheAdapter.create()).far(cache)) {
            Cache<String, Patient> patients = Cache.named("patient", Patient.class)
                    .policy(CachePolicy.ttl(MINUTE).sensitive())
                    .over(tiered);

            assertThat(patients.get("1", id -> PATIENT)).isEqualTo(PATIENT);
            assertThat(patients.get("1", id -> PATIENT)).isEqualTo(PATIENT);
            assertThat(new String(stored("cache:patient:1"), ISO_8859_1)).doesNotContain("fullName", "Grace");
        }
    }
}
