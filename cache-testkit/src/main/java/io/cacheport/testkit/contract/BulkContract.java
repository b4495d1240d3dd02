package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P15 and P16: several keys at once. */
public interface BulkContract extends Contract {

    @Test
    default void p15_getAllGivesWhatIsThere() {
        cache().set("a", 1, MINUTE);
        cache().set("c", 3, MINUTE);

        assertThat(cache().getAll(List.of("a", "b", "c"), Integer.class)).isEqualTo(Map.of("a", 1, "c", 3));
    }

    @Test
    default void p15_inTheOrderAsked() {
        cache().setAll(Map.of("a", 1, "b", 2, "c", 3), MINUTE);

        assertThat(cache().getAll(List.of("c", "a", "b"), Integer.class))
                .containsExactly(Map.entry("c", 3), Map.entry("a", 1), Map.entry("b", 2));
    }

    @Test
    default void p15_eachKeyOnce() {
        cache().set("a", 1, MINUTE);

        assertThat(cache().getAll(List.of("a", "a", "a"), Integer.class)).containsExactly(Map.entry("a", 1));
        assertThat(cache().getStats().totalRequests()).isEqualTo(1);
    }

    @Test
    default void p15_cachedNullIsThereAsNull() {
        cache().set("a", null, MINUTE);

        Map<String, @Nullable String> found = cache().getAll(List.of("a", "b"), String.class);

        assertThat(found).containsOnlyKeys("a").containsEntry("a", null);
    }

    @Test
    default void p15_askingForNothingCostsNothing() {
        assertThat(cache().getAll(List.of(), String.class)).isEmpty();

        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    default void p15_nothingFound() {
        assertThat(cache().getAll(List.of("a", "b"), String.class)).isEmpty();
    }

    @Test
    default void p15_generics() {
        cache().set("a", List.of(Samples.ORDER), MINUTE);

        Map<String, @Nullable List<Samples.Order>> found =
                cache().getAll(List.of("a"), new TypeRef<List<Samples.Order>>() {});

        assertThat(found).isEqualTo(Map.of("a", List.of(Samples.ORDER)));
    }

    @Test
    default void p15_theMapIsTheCallers() {
        cache().set("a", 1, MINUTE);

        Map<String, @Nullable Integer> found = cache().getAll(List.of("a"), Integer.class);
        found.put("b", 2);

        assertThat(cache().exists("b")).isFalse();
    }

    @Test
    default void p15_p16_many() {
        Map<String, Integer> values = IntStream.range(0, 1_201)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> i, (a, b) -> a, LinkedHashMap::new));

        cache().setAll(values, MINUTE);

        assertThat(cache().getAll(values.keySet(), Integer.class)).isEqualTo(values);
        assertThat(cache().getStats().sets()).isEqualTo(1_201);
        assertThat(cache().getStats().hits()).isEqualTo(1_201);
    }

    @Test
    default void p16_setAllStoresEach() {
        cache().setAll(Map.of("a", 1, "b", 2), MINUTE);

        assertThat(cache().get("a", Integer.class)).isEqualTo(1);
        assertThat(cache().get("b", Integer.class)).isEqualTo(2);
    }

    @Test
    default void p16_setAllReplaces() {
        cache().set("a", "old", MINUTE);

        cache().setAll(Map.of("a", "new"), MINUTE);

        assertThat(cache().get("a", String.class)).isEqualTo("new");
    }

    @Test
    default void p16_setAllOfNothing() {
        cache().setAll(Map.of(), MINUTE);

        assertThat(cache().getStats().sets()).isZero();
    }

    @Test
    default void p16_setAllTakesValuesOfDifferentTypesAndNull() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("text", "v");
        values.put("list", Arrays.asList(1, 2));
        values.put("null", null);

        cache().setAll(values, MINUTE);

        assertThat(cache().get("text", String.class)).isEqualTo("v");
        assertThat(cache().get("list", new TypeRef<List<Integer>>() {})).containsExactly(1, 2);
        assertThat(cache().exists("null")).isTrue();
    }
}
