import './style/all.css';
import { mount } from 'svelte';
import { setContext } from './api';
import App from './App.svelte';
import { language, setLanguage } from './state/language.svelte';
import { listen, route } from './state/route.svelte';
import { sessionLost, start } from './state/session.svelte';

setContext(() => ({ lang: language.now, at: route.at }), sessionLost);
setLanguage(language.now);
listen();
void start(); // before anything is drawn: the desk answers in the meantime
const target = document.getElementById('app');
if (target) mount(App, { target });
