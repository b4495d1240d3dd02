package io.cacheport.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON of one type, as one writes it who has no library for it: a typed reader and writer, made once. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    Json(Class<?> type) {
        this.reader = MAPPER.readerFor(type);
        this.writer = MAPPER.writerFor(type);
    }

    byte[] bytes(Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Nullable
    Object value(byte @Nullable [] stored) {
        return stored == null ? null : read(stored);
    }

    Object read(byte[] stored) {
        try {
            return reader.readValue(stored);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
