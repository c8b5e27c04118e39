package dev.waxwing.files;

/** How the bytes of a file that is read are packed. */
public enum Compression {
    /** Told by the first bytes: gzip, or else plain. Other packed formats are refused by name. */
    AUTO,
    /** Read as they are. */
    NONE,
    /**
     * Gzip, also of several members one after the other. Only zeros may follow the last one: what
     * else is damaged, cut or foreign is an error that names its offset.
     */
    GZIP
}
