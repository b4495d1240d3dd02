package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A server's certificate, its key and the authority that issued it, all PEM, made by the JDK's keytool. Not one that is
 * trusted itself: of such a one the JDK does not ask whether it is still valid.
 */
record Issued(Path certificate, Path key, Path authority) {

    private static final String PASSWORD = "changeit";

    /** For host names as keytool's SAN extension has them, valid for three days that began so many days ago. */
    static Issued of(Path parent, String hosts, int daysAgo) throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory(parent, "issued");
        Path request = directory.resolve("request");
        Path certificate = directory.resolve("certificate.pem");
        Path authority = directory.resolve("authority.pem");
        make(directory, "authority", "-ext", "bc:c");
        make(directory, "redis");
        keytool(directory, "-certreq", "-alias", "redis", "-file", request.toString());
        keytool(
                directory,
                "-gencert",
                "-alias",
                "authority",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-rfc",
                "-ext",
                "san=" + hosts,
                "-startdate",
                "-" + daysAgo + "d",
                "-validity",
                "3");
        keytool(directory, "-exportcert", "-rfc", "-alias", "authority", "-file", authority.toString());
        return new Issued(certificate, key(directory), authority);
    }

    private static void make(Path directory, String alias, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + alias));
        arguments.addAll(List.of("-startdate", "-30d", "-validity", "60"));
        arguments.addAll(List.of(more));
        keytool(directory, arguments.toArray(String[]::new));
    }

    private static void keytool(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", store(directory).toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    private static Path store(Path directory) {
        return directory.resolve("store.p12");
    }

    private static Path key(Path directory) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(directory))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] bytes = keys.getKey("redis", PASSWORD.toCharArray()).getEncoded();
        String text = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes)
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(directory.resolve("key.pem"), text);
    }
}
