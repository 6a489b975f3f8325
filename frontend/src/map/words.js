/* What the map says, in the language of the page. */
const ID = {
  noData: 'tidak ada data',
  rank: (place, of) => `peringkat ${place} dari ${of}`,
  rankIn: (place, of, region) => `${place} dari ${of} di ${region}`,
  approx: 'letak perkiraan',
  open: 'Buka halaman desa',
  close: 'Tutup',
  search: 'Cari desa, kecamatan, atau kabupaten',
  searchShort: 'Cari di peta',
  found: (n) => (n ? `${n} hasil` : 'Tidak ditemukan. Periksa ejaannya.'),
  share: 'Salin tautan',
  shared: 'Tautan disalin.',
  shareFailed: 'Salin alamat di bilah peramban Anda.',
  whole: 'Seluruh NTT',
  up: 'Naik satu tingkat',
  zoomIn: 'Perbesar',
  zoomOut: 'Perkecil',
  village: 'desa/kelurahan',
  stage: 'Peta desa. Tombol panah berpindah antardesa, Enter membuka desa, Escape kembali.',
  legend: 'Kelas; tekan untuk menyembunyikan atau menampilkan',
  load: 'Muat peta interaktif',
  loadWhy: 'Sekitar 450 kB. Perangkat Anda menghemat data.',
  failed: 'Peta interaktif tidak dapat dimuat; gambar peta dan tabel tetap dapat dibaca.',
  loading: 'Memuat…',
  pointless: (n) => `${n} desa belum bertitik dan tidak tampak di peta.`,
  district: 'Kecamatan',
  fingers: 'Geser peta dengan dua jari',
  wheel: 'Tahan Ctrl sambil menggulir untuk memperbesar peta',
  wheelMac: 'Tahan ⌘ sambil menggulir untuk memperbesar peta',
};
const EN = {
  noData: 'no data',
  rank: (place, of) => `rank ${place} of ${of}`,
  rankIn: (place, of, region) => `${place} of ${of} in ${region}`,
  approx: 'estimated position',
  open: 'Open the village page',
  close: 'Close',
  search: 'Find a village, kecamatan or kabupaten',
  searchShort: 'Search the map',
  found: (n) => (n ? `${n} found` : 'Nothing found. Check the spelling.'),
  share: 'Copy link',
  shared: 'Link copied.',
  shareFailed: 'Copy the address from your browser.',
  whole: 'All of NTT',
  up: 'One level up',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  village: 'villages',
  stage: 'Village map. Arrow keys move between villages, Enter opens one, Escape goes back.',
  legend: 'Classes; press to hide or show',
  load: 'Load the interactive map',
  loadWhy: 'About 450 kB. Your device is saving data.',
  failed: 'The interactive map could not be loaded; the drawing and the table remain.',
  loading: 'Loading…',
  pointless: (n) => `${n} villages have no point yet and are not on the map.`,
  district: 'Kecamatan',
  fingers: 'Use two fingers to move the map',
  wheel: 'Hold Ctrl while scrolling to zoom the map',
  wheelMac: 'Hold ⌘ while scrolling to zoom the map',
};

export const language = document.documentElement.lang.startsWith('en') ? 'en' : 'id';
export const words = language === 'en' ? EN : ID;

const formats = new Map();

/** A number as the page writes it; `decimals` fixes the places. */
export function number(value, decimals) {
  const key = decimals ?? -1;
  if (!formats.has(key)) {
    const places = decimals === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'id-ID', places));
  }
  return formats.get(key).format(value).replace('-', '−');
}
