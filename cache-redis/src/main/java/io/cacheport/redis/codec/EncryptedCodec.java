package io.cacheport.redis.codec;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.spi.Codec;
import io.cacheport.spi.Confidential;
import io.cacheport.spi.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A codec whose values are encrypted and authenticated with AES-GCM, each bound to the key it is stored under: what was changed,
 * copied to another key, tenant or prefix, encrypted with a key that is not known, or not encrypted at all, is unreadable, which
 * is a miss. Thread-safe.
 *
 * <p>What is stored begins with a byte that no UTF-8 has:
 *
 * <pre>
 *  0   1  F6
 *  1   1  version, 01
 *  2   1  n, bytes of the key id
 *  3   n  the key id in ASCII
 *      12  nonce, random for each value
 *          the encrypted value, and its 16 bytes of authentication
 * </pre>
 *
 * <p>The first 3 + n bytes, followed by the key that the value is stored under, are the associated data.
 *
 * <p>It hides values. Keys, tags, times and about how long a value is can be read in the store; and someone who can write there
 * can remove a value, or put an older one of the same key back.
 *
 * @since 0.1
 */
public final class EncryptedCodec implements Codec, Confidential {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte MAGIC = (byte) 0xF6;
    private static final byte VERSION = 1;
    private static final int ID_START = 3;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Codec inside;
    private final EncryptionKeys keys;
    private final byte[] header;
    private final SecretKeySpec current;

    private EncryptedCodec(Codec inside, EncryptionKeys keys, SecretKeySpec current) {
        this.inside = inside;
        this.keys = keys;
        this.current = current;
        byte[] id = keys.currentId().getBytes(StandardCharsets.US_ASCII);
        this.header = new byte[ID_START + id.length];
        header[0] = MAGIC;
        header[1] = VERSION;
        header[2] = (byte) id.length;
        System.arraycopy(id, 0, header, ID_START, id.length);
    }

    /**
     * The codec, with encryption.
     *
     * @throws IllegalArgumentException if it encrypts already
     */
    public static EncryptedCodec of(Codec codec, EncryptionKeys keys) {
        if (codec == null || keys == null) {
            throw new IllegalArgumentException((codec == null ? "codec" : "keys") + " is null");
        }
        if (codec instanceof EncryptedCodec) {
            throw new IllegalArgumentException("codec (" + codec + ") encrypts already");
        }
        SecretKeySpec current = keys.key(keys.currentId());
        if (current == null) {
            throw new IllegalStateException(keys + " has no current one");
        }
        return new EncryptedCodec(codec, keys, current);
    }

    @Override
    public byte[] encode(byte[] key, @Nullable Object value) {
        byte[] plain = inside.encode(key, value);
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        int start = header.length + NONCE;
        byte[] out = Arrays.copyOf(header, start + plain.length + TAG);
        System.arraycopy(nonce, 0, out, header.length, NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current, out, header.length, key);
            int unused = cipher.doFinal(plain, 0, plain.length, out, start);
            return out;
        } catch (GeneralSecurityException cannotBe) {
            throw new ValueEncodingException(
                    "a value cannot be encrypted: " + cannotBe.getClass().getSimpleName(), cannotBe);
        }
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, TypeRef<T> type) throws UnreadableValueException {
        return inside.decode(key, decrypted(key, bytes, type), type);
    }

    private byte[] decrypted(byte[] key, byte[] bytes, TypeRef<?> type) throws UnreadableValueException {
        if (bytes.length == 0 || bytes[0] != MAGIC) {
            throw new UnreadableValueException(type, "not encrypted");
        }
        int nonceStart = bytes.length < ID_START ? bytes.length : ID_START + (bytes[2] & 0xFF);
        int start = nonceStart + NONCE;
        if (bytes.length < start + TAG || bytes[1] != VERSION) {
            throw new UnreadableValueException(type, "encrypted in a way that is not known");
        }
        SecretKeySpec itsKey =
                keys.key(new String(bytes, ID_START, nonceStart - ID_START, StandardCharsets.ISO_8859_1));
        if (itsKey == null) {
            throw new UnreadableValueException(type, "encrypted with a key that is not known");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, itsKey, bytes, nonceStart, key)
                    .doFinal(bytes, start, bytes.length - start);
        } catch (GeneralSecurityException changed) {
            throw new UnreadableValueException(type, "encrypted, and changed or of another key");
        }
    }

    /** Made for each value, since it keeps its state; {@code bytes} begin with the header, then the nonce. */
    private static Cipher cipher(int mode, SecretKeySpec key, byte[] bytes, int headerLength, byte[] cacheKey)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, bytes, headerLength, NONCE));
        cipher.updateAAD(bytes, 0, headerLength);
        cipher.updateAAD(cacheKey);
        return cipher;
    }

    /** Always. */
    @Override
    public boolean isConfidential() {
        return true;
    }

    @Override
    public String toString() {
        return inside + ", AES-GCM key " + keys.currentId();
    }
}
