import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const KEY = { keyType: 'ec', algorithm: 'sha256' } as const;

/** Makes what `TLS_DIRECTORY` holds in production: an authority, and a certificate of 127.0.0.1 for both sides. */
export async function makeCertificates(folder: string): Promise<void> {
  const authority = await generate([{ name: 'commonName', value: 'authority' }], {
    ...KEY,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...KEY,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
  });
  await writeFile(join(folder, 'ca.crt'), authority.cert);
  await writeFile(join(folder, 'tls.crt'), certificate.cert);
  await writeFile(join(folder, 'tls.key'), certificate.private);
}
