'use strict';
/** Answers one question from what a database knows, which takes its time. */
module.exports = async ({ Pool }, { OpenAI }, { task }) => {
  const pool = new Pool({ max: 1 });
  const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.MODEL_URL}/v1` });
  await task('answer', async () => {
    const { rows } = await pool.query('select body, pg_sleep(0.2) from passages where body like $1', ['%Monday%']);
    const question = `When does it leave? ${rows[0].body}`;
    await client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: question }] });
  });
  await pool.end();
};
