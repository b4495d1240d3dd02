package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import io.cacheport.aside.CacheAside;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One class loaded twice, as developer tools that restart a service do: what one made the other reads. */
@FaultRow(77)
class TwoClassLoadersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String KEY = LogWatch.KEY + ":77";

    /** Defines that one class anew and leaves the rest to its parent. */
    private static final class Reloading extends ClassLoader {

        Reloading() {
            super(TwoClassLoadersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Reloaded.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void eachReadsItsOwnClass() throws Exception {
        Row row = FaultMatrix.row(77, "one class, two class loaders");
        Class<?> other = new Reloading().loadClass(Reloaded.class.getName());
        assertThat(other).isNotEqualTo(Reloaded.class).hasToString(Reloaded.class.toString());
        Reloaded value = new Reloaded(LogWatch.VALUE, 7);
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (int restart = 0; restart < 3; restart++) {
                cache.set(KEY, value, MINUTE);
                assertThat(cache.get(KEY, Reloaded.class)).isEqualTo(value);
                Object read = cache.get(KEY, TypeRef.of(other));
                assertThat(read).isInstanceOf(other).hasToString(value.toString());
                Object aside = CacheAside.withCache(cache, KEY, MINUTE, TypeRef.of(other), () -> {
                    throw new AssertionError("a hit does not load");
                });
                assertThat(aside).isInstanceOf(other);

                cache.set(KEY, read, MINUTE);
                assertThat(cache.get(KEY, Reloaded.class)).isEqualTo(value);
            }
            assertThat(cache.getStats().errors()).isZero();
        }
        String naive = Naive.attempt(MINUTE, () -> other.cast(javaSerialised(value)));
        assertThat(naive).isEqualTo("ClassCastException");
        row.naive("as JSON it works; by Java serialisation, which the default of Spring's cache is: " + naive);
        row.ours("the value as an instance of the class that was asked for, in both directions");
        row.figure("0 errors in 3 restarts", "0");
    }

    private static Object javaSerialised(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
