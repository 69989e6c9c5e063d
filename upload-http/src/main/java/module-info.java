/** Files to HTTP servers. Exports nothing: the SPI it provides is its whole contract. */
module io.earshot.upload.http {
    requires io.earshot.api;
    requires java.net.http;

    provides io.earshot.api.audio.spi.RecordingUploader with io.earshot.upload.http.HttpUploader;
}
