package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Few bytes that become many when read, under a key of the cache, in a JVM with little memory. */
@FaultRow(74)
class BombTest {

    private static final int GIB = 1 << 30;
    static final int LIMIT = 1 << 20;
    /** Of others' compression; and of ours, with the length it has and with one that is allowed. */
    static final List<String> NAMES = List.of("gzip", "zstd", "ours", "lying");

    /** 1 GiB of zeros in less than the 1 MiB that may be stored. */
    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            for (int written = 0; written < GIB; written += zeros.length) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    /** The same 1 GiB by the format of Zstandard: blocks of one repeated byte, 128 KiB in four bytes each. */
    private static byte[] zstd() {
        int block = 128 << 10;
        int blocks = GIB / block;
        ByteBuffer out = ByteBuffer.allocate(6 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xFD2FB528).put((byte) 0).put((byte) 0x38); // magic, no content size, window of 128 KiB
        for (int i = 1; i <= blocks; i++) {
            int header = (i == blocks ? 1 : 0) | 1 << 1 | block << 3; // last?, repeated byte, size
            out.put((byte) header)
                    .put((byte) (header >> 8))
                    .put((byte) (header >> 16))
                    .put((byte) 0);
        }
        return out.array();
    }

    private static byte[] ours(int length) {
        byte[] zstd = zstd();
        return ByteBuffer.allocate(10 + zstd.length)
                .put((byte) 0xF5)
                .put((byte) 1)
                .putInt(length)
                .putInt(0)
                .put(zstd)
                .array();
    }

    @Test
    void isAMissThatCostsNoMoreThanItsBytes() throws IOException {
        Row row = FaultMatrix.row(74, "decompression bomb");
        byte[] gzip = gzip();
        assertThat(gzip.length).isBetween(LIMIT / 2, LIMIT);
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            client.call("SET".getBytes(UTF_8), "cache:gzip".getBytes(UTF_8), gzip);
            client.call("SET".getBytes(UTF_8), "cache:zstd".getBytes(UTF_8), zstd());
            client.call("SET".getBytes(UTF_8), "cache:ours".getBytes(UTF_8), ours(GIB));
            client.call("SET".getBytes(UTF_8), "cache:lying".getBytes(UTF_8), ours(LIMIT));

            Map<String, String> seen = ChildJvm.run(BombReader.class, server.uri());

            assertThat(NAMES).as("%s", seen).allSatisfy(name -> assertThat(seen).containsEntry(name, "miss"));
            long nanos = 1_000 * Long.parseLong(seen.getOrDefault("median.us", ""));
            long allocated = Long.parseLong(seen.getOrDefault("most.allocated", ""));
            assertThat(nanos).as("%s", seen).isLessThanOrEqualTo(50_000_000);
            assertThat(allocated).as("%s", seen).isLessThanOrEqualTo(2L * LIMIT);
            assertThat(seen).containsEntry("naive", "OutOfMemoryError");
            row.naive(seen.get("naive.json") + "; one that compresses by GZIPInputStream: " + seen.get("naive"));
            row.ours(
                    "a miss, with compression on as with it off: how long a value says it is, is looked at first, and no more is expanded");
            row.figure(Row.ms(nanos) + " for the slowest one (median)", "50 ms");
            row.figure(allocated / 1_024 + " KiB allocated by all threads", "2 MiB, twice the size limit");
        }
    }
}
