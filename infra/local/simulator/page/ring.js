// The sound of a text message or of a call, for those who ask for it: short notes, made here, no file; and a voice that reads
// what is said in a call, where the browser has one.

/** @type {AudioContext | undefined} */
let audio;

/** Browsers allow sound only after a click. @returns {boolean} whether it is on now */
export function toggleSound() {
  if (audio === undefined) {
    audio = new AudioContext();
    ring();
    return true;
  }
  hush();
  void audio.close();
  audio = undefined;
  return false;
}

export function ring() {
  if (audio === undefined) return;
  for (const [index, pitch] of [880, 1175, 880, 1175].entries()) {
    const start = audio.currentTime + index * 0.16;
    const tone = new OscillatorNode(audio, { frequency: pitch, type: "triangle" });
    const volume = new GainNode(audio, { gain: 0.2 });
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.16);
  }
}

/** @param {string} text */
export function say(text) {
  if (audio === undefined || !("speechSynthesis" in globalThis)) return;
  speechSynthesis.speak(new SpeechSynthesisUtterance(text));
}

export function hush() {
  if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
}
