'use strict';
const $ = id => document.getElementById(id);
let operations = [];
let source;

async function ask(method, path, body) {
  const headers = {};
  if ($('token').value) headers.Authorization = 'Bearer ' + $('token').value;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  let json;
  try { json = JSON.parse(text); } catch { json = undefined; }
  return { status: answer.status, text, json };
}

function element(name, text, parent) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function show(answer) {
  $('answer').textContent = answer.status + ' ' + (answer.json ? JSON.stringify(answer.json, null, 2) : answer.text);
}

function button(text, parent, work) {
  const made = element('button', text, parent);
  made.type = 'button';
  made.onclick = async () => { show(await work()); refresh(); };
}

async function refresh() {
  const [status, calls] = [await ask('GET', '/status'), await ask('GET', '/calls')];
  if (status.json && status.status === 200) {
    $('state').textContent = status.json.status + (status.json.registered ? ', registered' : ', not registered');
  } else {
    $('state').textContent = status.text;
  }
  $('calls').replaceChildren();
  for (const call of Array.isArray(calls.json) ? calls.json : []) {
    const row = element('li', call.direction + ' ' + call.peer + ': ' + (call.status || call.state), $('calls'));
    const at = '/calls/' + call.id;
    if (call.direction === 'incoming' && call.state !== 'connected') {
      button('Answer', row, () => ask('POST', at + '/answer', {}));
      button('Reject', row, () => ask('POST', at + '/reject', {}));
    }
    if (call.state === 'connected') {
      button(call.held ? 'Resume' : 'Hold', row, () => ask('POST', at + (call.held ? '/resume' : '/hold'), {}));
      button('Key 1', row, () => ask('POST', at + '/dtmf', { digits: '1' }));
    }
    button('Hang up', row, () => ask('DELETE', at));
  }
}

function listen() {
  if (source) source.close();
  const token = $('token').value;
  source = new EventSource('/events?since=0' + (token ? '&token=' + encodeURIComponent(token) : ''));
  source.onmessage = message => {
    const event = JSON.parse(message.data);
    const row = element('li', event.line);
    $('events').prepend(row);
    while ($('events').childElementCount > 300) $('events').lastChild.remove();
    if (event.type === 'STATUS' || event.type === 'CDR') refresh();
  };
}

function choose() {
  const operation = operations[$('operation').selectedIndex];
  $('summary').textContent = operation.summary;
  $('fields').replaceChildren();
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(found => ({ name: found[1], path: true }));
  const body = operation.schema ? operation.schema.properties || {} : {};
  for (const name of Object.keys(body)) names.push({ name, type: body[name].type, about: body[name].description });
  if (operation.schema && operation.schema.additionalProperties) names.push({ name: 'JSON', json: true, about: 'members as a JSON object' });
  for (const field of names) {
    const label = element('label', field.name, $('fields'));
    const input = element('input', undefined, label);
    input.placeholder = field.about || '';
    input.field = field;
  }
}

function value(input) {
  const type = [].concat(input.field.type);
  if (type.includes('boolean')) return input.value === 'true';
  return input.value;
}

$('try').onsubmit = async submit => {
  submit.preventDefault();
  const operation = operations[$('operation').selectedIndex];
  let path = operation.path;
  let body = operation.schema ? {} : undefined;
  for (const input of $('fields').querySelectorAll('input')) {
    if (input.field.path) path = path.replace('{' + input.field.name + '}', encodeURIComponent(input.value));
    else if (input.field.json) {
      try { body = JSON.parse(input.value || '{}'); } catch { $('answer').textContent = 'This is no JSON.'; return; }
    } else if (input.value !== '') body[input.field.name] = value(input);
  }
  show(await ask(operation.method, path, body));
  refresh();
};
$('dial').onsubmit = async submit => {
  submit.preventDefault();
  show(await ask('POST', '/calls', { to: $('to').value }));
  refresh();
};
$('operation').onchange = choose;
$('token').onchange = () => { listen(); refresh(); };

ask('GET', '/openapi.json').then(answer => {
  for (const [path, methods] of Object.entries(answer.json.paths)) {
    if (path === '/events') continue;
    for (const [method, described] of Object.entries(methods)) {
      const content = described.requestBody && described.requestBody.content['application/json'];
      operations.push({ path, method: method.toUpperCase(), summary: described.summary, schema: content && content.schema });
      element('option', method.toUpperCase() + ' ' + path, $('operation'));
    }
  }
  choose();
  listen();
  refresh();
});
