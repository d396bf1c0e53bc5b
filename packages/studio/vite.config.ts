import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { recordedVerdicts } from './build/recorded-verdicts.ts';

const api = { '/api': { target: process.env.LAUREL_API ?? 'http://127.0.0.1:4280' } };

export default defineConfig({
  plugins: [react(), recordedVerdicts()],
  server: { host: '127.0.0.1', port: 4281, proxy: api },
  preview: { host: '127.0.0.1', port: 4282, proxy: api },
  build: {
    manifest: true,
    // The bundled catalogue, which is loaded only when no server answers.
    chunkSizeWarningLimit: 700,
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
  },
  worker: { format: 'es' },
});
