package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of resources that the caller shares with other clients. */
class RedisSharedResourcesTest {

    private final AtomicInteger customized = new AtomicInteger();
    private final ClientResources shared = ClientResources.builder()
            .nettyCustomizer(new NettyCustomizer() {
                @Override
                public void afterChannelInitialized(Channel channel) {
                    customized.incrementAndGet();
                }
            })
            .build();
    private final RedisServer server = RedisServer.start();

    @AfterEach
    void stop() throws Exception {
        server.close();
        shared.shutdown(0, 2, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS);
    }

    /** Lettuce warns, in a finalizer, of resources that nobody shut down. */
    @Test
    void nothingIsSaidWhenTheCachesViewOfThemIsCollected() {
        try (RedisTestLog log = RedisTestLog.ofEverybody(Level.WARN)) {
            ReferenceQueue<ClientResources> finalized = new ReferenceQueue<>();
            PhantomReference<ClientResources> view = openedAndClosed(finalized);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                System.gc();
                return finalized.poll() == view;
            });

            assertThat(log.lines()).isEmpty();
            assertThat(shared.eventExecutorGroup().isShuttingDown()).isFalse();
        }
    }

    private PhantomReference<ClientResources> openedAndClosed(ReferenceQueue<ClientResources> queue) {
        RedisLink link = RedisLink.open(RedisLinkTestSettings.of(server.uri()), shared);
        link.close();
        return new PhantomReference<>(link.resources, queue);
    }

    @Test
    void theCallersOwnCustomizerIsStillAsked() {
        try (RedisLink link = RedisLink.open(RedisLinkTestSettings.of(server.uri()), shared)) {
            assertThat(link.isUp()).isTrue();
            assertThat(customized).hasValue(1);
        }
    }
}
