package io.cacheport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeRefTest {

    @Test
    void keepsTypeArguments() {
        TypeRef<Map<String, List<Integer>>> ref = new TypeRef<>() {};

        assertThat(ref).hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
        assertThat(ref.rawType()).isEqualTo(Map.class);
    }

    @Test
    void equalTypesAreEqual() {
        assertThat(new TypeRef<List<String>>() {}).isEqualTo(new TypeRef<List<String>>() {});
        assertThat(new TypeRef<List<String>>() {}).hasSameHashCodeAs(new TypeRef<List<String>>() {});
        assertThat(new TypeRef<List<String>>() {}).isNotEqualTo(new TypeRef<List<Integer>>() {});
        assertThat(new TypeRef<String>() {}).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void referenceToAClassIsMadeOnce() {
        assertThat(TypeRef.of(String.class)).isSameAs(TypeRef.of(String.class));
    }

    @Test
    void primitivesAreBoxed() {
        assertThat(TypeRef.of(int.class).rawType()).isEqualTo(Integer.class);
        assertThat(TypeRef.of(int.class)).isEqualTo(TypeRef.of(Integer.class));
    }

    @Test
    void arraysAndWildcards() {
        assertThat(new TypeRef<List<String>[]>() {}.rawType()).isEqualTo(List[].class);
        assertThat(new TypeRef<List<? extends Number>>() {}.rawType()).isEqualTo(List.class);
    }

    @Test
    void openTypeVariableIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(TypeRefTest::<Integer>open)
                .withMessageContaining("type variable E")
                .withMessageContaining("List<E>");
    }

    private static <E> Object open() {
        return new TypeRef<List<E>>() {};
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void missingTypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TypeRef() {})
                .withMessageContaining("TypeRef without a type");
    }
}
