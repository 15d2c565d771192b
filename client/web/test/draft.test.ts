import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { autosave, draftKey } from '../src/draft';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(save: () => Promise<void>) {
  const parts = { save: vi.fn(save), saved: vi.fn(), failed: vi.fn() };
  return { ...parts, saver: autosave(parts) };
}

it('saves half a second after the last key, once', async () => {
  const { saver, save, saved } = watched(() => Promise.resolve());
  saver.touch();
  await vi.advanceTimersByTimeAsync(400);
  saver.touch();
  await vi.advanceTimersByTimeAsync(499);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save).toHaveBeenCalledTimes(1);
  expect(saved).toHaveBeenCalledTimes(1);
});

it('saves at once when it is left, and not twice', async () => {
  const { saver, save } = watched(() => Promise.resolve());
  saver.flush();
  expect(save).not.toHaveBeenCalled();
  saver.touch();
  saver.flush(true);
  saver.flush();
  await vi.advanceTimersByTimeAsync(2000);
  expect(save).toHaveBeenCalledTimes(1);
  expect(save).toHaveBeenCalledWith(true);
});

it('says so when it fails, and tries again until it holds', async () => {
  let works = false;
  const { saver, save, saved, failed } = watched(() => (works ? Promise.resolve() : Promise.reject(new Error('no desk'))));
  saver.touch();
  await vi.advanceTimersByTimeAsync(500);
  expect(failed).toHaveBeenCalledTimes(1);
  works = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).toHaveBeenCalledTimes(2);
  expect(saved).toHaveBeenCalledTimes(1);
});

it('keys are what the desk accepts', () => {
  expect(draftKey('self', 'Chè Đá/2026')).toBe('self.che-da-2026');
  expect(draftKey('x'.repeat(200))).toHaveLength(120);
});
