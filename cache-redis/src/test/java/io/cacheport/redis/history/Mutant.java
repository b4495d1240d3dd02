package io.cacheport.redis.history;

import static io.cacheport.redis.history.Violation.LOADED_AGAIN;
import static io.cacheport.redis.history.Violation.LOADED_AT_ONCE;
import static io.cacheport.redis.history.Violation.LOADED_WITHOUT_LEASE;
import static io.cacheport.redis.history.Violation.STALE;
import static io.cacheport.redis.history.Violation.WAITED_FOR_NOBODY;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A line of the library gone wrong, which a history has to find out. */
enum Mutant {
    FILLS_WHATEVER_IS_THERE(
            "cache-redis",
            "io/cacheport/redis/Script.java",
            "Script FILL = of(ScriptOutputType.INTEGER, \"\"\"\n            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1]",
            "Script FILL = of(ScriptOutputType.INTEGER, \"\"\"\n            if ARGV[1] == ''",
            STALE),
    TAKES_A_LEASE_THAT_ANOTHER_HAS(
            "cache-redis",
            "io/cacheport/redis/RedisLeases.java",
            "case LeaseMark.LEASE -> new Taken<>();",
            "case LeaseMark.LEASE -> new Granted<>(lease);",
            LOADED_AT_ONCE),
    REMOVES_ONLY_ONE_OF_SEVERAL(
            "cache-redis",
            "io/cacheport/redis/BulkCalls.java",
            "commands.unlink(group)",
            "commands.unlink(group[0])",
            STALE),
    FLUSHES_HALF(
            "cache-redis",
            "io/cacheport/redis/KeySweep.java",
            "unlink(cursor.getKeys());",
            "unlink(cursor.getKeys().subList(0, cursor.getKeys().size() / 2));",
            STALE),
    KEEPS_NO_REMOVAL_FOR_LATER(
            "cache-redis",
            "io/cacheport/redis/Removals.java",
            "return failure != null && failure.errorCause() != ErrorCause.CLOSED;",
            "return false;",
            STALE),
    READS_WHAT_IS_STILL_TO_BE_REMOVED(
            "cache-redis",
            "io/cacheport/redis/Looks.java",
            "if (!guard.isReadable(redisKey)) {\n            throw CommandFailure.journaled();",
            "if (redisKey.length == 0) {\n            throw CommandFailure.journaled();",
            STALE),
    STORES_NOTHING(
            "cache-redis",
            "io/cacheport/redis/LeaseCommands.java",
            "Script.FILL.run(commands, redisKey, mark, stored, Script.argument(millis))",
            "Script.RELEASE.run(commands, redisKey, mark)",
            LOADED_AGAIN),
    RELEASES_NOTHING(
            "cache-redis",
            "io/cacheport/redis/Script.java",
            "if string.byte(ARGV[1], 4) == 1 then return redis.call('DEL', KEYS[1]) end",
            "if string.byte(ARGV[1], 4) == 1 then return 1 end",
            WAITED_FOR_NOBODY),
    LOADS_BESIDE_ANOTHER(
            "cache-api",
            "io/cacheport/aside/Loading.java",
            "if (left <= 0) {\n                return null;",
            "if (left > 0) {\n                return null;",
            LOADED_WITHOUT_LEASE),
    SHARES_WHAT_WAS_LOADED_BEFORE(
            "cache-api",
            "io/cacheport/aside/Flight.java",
            "(current || loadFailed)",
            "(result != null || loadFailed)",
            STALE),
    TAKES_A_TAG_THAT_IS_GONE_FOR_ONE_THAT_IS_WELL(
            "cache-redis",
            "io/cacheport/redis/Looks.java",
            ".allMatch(tag -> tag.getValue().equals(stampsNow.get(tag.getKey())));",
            ".allMatch(tag -> tag.getValue().equals(stampsNow.getOrDefault(tag.getKey(), tag.getValue())));",
            STALE),
    READS_THE_STAMPS_OF_TAGS_AFTER_THE_LOAD(
            "cache-api",
            "io/cacheport/aside/Load.java",
            "Map<String, String> all = allStamps(from, context, stamps);",
            "Map<String, String> all = CacheCalls.stamps(from, policy);",
            STALE);

    private final String module;
    private final String file;
    private final String line;
    private final String instead;
    final Violation finding;

    Mutant(String module, String file, String line, String instead, Violation finding) {
        this.module = module;
        this.file = file;
        this.line = line;
        this.instead = instead;
        this.finding = finding;
    }

    /** Compiles the file with that line changed; gives the directory with the classes. */
    Path compile(Path temporary) throws IOException {
        Path original = Path.of("..", module, "src", "main", "java").resolve(file);
        String text = Files.readString(original);
        if (!text.contains(line) || text.indexOf(line) != text.lastIndexOf(line)) {
            throw new IllegalStateException(this + ": in " + original + " is not once: " + line);
        }
        Path changed = Files.createDirectories(temporary.resolve("sources")).resolve(original.getFileName());
        Files.writeString(changed, text.replace(line, instead));
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(changed))
                    .call()) {
                throw new IllegalStateException(this + " does not compile: " + messages);
            }
        }
        return classes;
    }
}
