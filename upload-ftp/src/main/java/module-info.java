/** Files to FTP servers, over Commons Net. Exports nothing: the SPI it provides is its whole contract. */
module io.earshot.upload.ftp {
    requires io.earshot.api;
    requires org.apache.commons.net;

    provides io.earshot.api.audio.spi.RecordingUploader with io.earshot.upload.ftp.FtpUploader;
}
