package io.earshot.files;

/** What to do when the file to be written is already there. */
public enum IfExists {
    /** Leave it alone and fail; the check and the creation are one step. */
    FAIL,
    /** Put the new file in its place, in one step: nobody sees half of it, and whoever reads the old one keeps it. */
    REPLACE
}
