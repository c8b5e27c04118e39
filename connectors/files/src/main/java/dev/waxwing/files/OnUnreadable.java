package dev.waxwing.files;

/**
 * What to do with files that cannot be read: links that lead nowhere, files and directories without
 * permission, pipes and devices, names that are no UTF-8.
 */
public enum OnUnreadable {
    /** Stop with an error that names them. */
    FAIL,
    /** Leave them out, and log how many and which. */
    SKIP
}
