// Photos and papers as an officer has them on the machine, made anew for each test.

/** A JPEG of so many pixels across, four to three, with colours and its name on it; drawn by the browser. */
export async function photo(browser, name, width) {
  const page = await browser.newPage();
  const base64 = await page.evaluate(
    async ([words, w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const brush = canvas.getContext('2d');
      for (let i = 0; i < 3000; i += 1) {
        brush.fillStyle = `hsl(${(i * 47) % 360} 60% ${30 + (i % 50)}%)`;
        brush.fillRect((i * 7919) % w, (i * 104729) % h, 90, 60);
      }
      brush.fillStyle = '#fff';
      brush.font = `${h / 8}px sans-serif`;
      brush.fillText(words, w / 10, h / 2);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    },
    [name, width, (width * 3) / 4],
  );
  await page.close();
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** A PDF of one page, printed by the browser. */
export async function paper(browser, name, words) {
  const page = await browser.newPage();
  await page.setContent(`<h1>${words}</h1>`);
  const buffer = await page.pdf({ format: 'A4' });
  await page.close();
  return { name, mimeType: 'application/pdf', buffer };
}

/** Files carried over the page and let go on this element. */
export async function drop(locator, files) {
  const told = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  await locator.evaluate((element, carried) => {
    const data = new DataTransfer();
    for (const { name, mimeType, base64 } of carried) {
      data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name, { type: mimeType }));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, told);
}
