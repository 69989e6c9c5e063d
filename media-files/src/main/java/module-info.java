/** Audio files: WAV readers and writers, and recording that neither blocks the audio nor loses what was said when the process dies. */
module io.earshot.files {
    requires transitive io.earshot.api;

    exports io.earshot.files;
}
