/** The audio processing module of WebRTC behind the SPI of voice processing. */
package io.earshot.dsp.webrtc;
