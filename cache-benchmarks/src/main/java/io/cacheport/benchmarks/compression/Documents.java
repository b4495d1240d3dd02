package io.cacheport.benchmarks.compression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Documents of varied text, numbers and UUIDs, always the same. */
final class Documents {

    private static final int COUNT = 16;
    private static final String[] WORDS =
            ("studio engineer weekend group piano garden evening light stage guitar drum mix"
                            + " booking quiet river terrace wedding camera sound couple breakfast valley northern harbour seat")
                    .split(" ");

    private Documents() {}

    /** One of many in a document. */
    record Offer(
            String id,
            String name,
            String description,
            long priceCents,
            double rating,
            boolean active,
            String updatedAt) {

        static Offer of(Random random) {
            StringBuilder description = new StringBuilder();
            for (int i = 0; i < 14; i++) {
                description.append(word(random)).append(' ');
            }
            return new Offer(
                    new UUID(random.nextLong(), random.nextLong()).toString(),
                    word(random) + " " + word(random),
                    description.toString(),
                    random.nextInt(100_000),
                    random.nextInt(500) / 100.0,
                    random.nextBoolean(),
                    String.format(
                            Locale.ROOT,
                            "2026-%02d-%02dT09:%02d:00Z",
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(60)));
        }

        private static String word(Random random) {
            return WORDS[random.nextInt(WORDS.length)];
        }
    }

    /** A document. */
    record Page(String tenant, List<Offer> offers) {}

    /** Several of at least so many bytes of JSON. */
    static List<Page> of(int bytes) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Random random = new Random(i);
            List<Offer> offers = new ArrayList<>();
            Page page = new Page("tenant-" + random.nextInt(100), offers);
            while (mapper.writeValueAsBytes(page).length < bytes) {
                offers.add(Offer.of(random));
            }
            pages.add(page);
        }
        return pages;
    }
}
