package io.cacheport.inmemory;

/** There is something else at the key than the structure asked for. */
final class WrongStructureException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongStructureException() {
        super(null, null, false, false);
    }
}
