@echo off
rem Runs Earshot from its source tree: builds once when needed, then starts.
setlocal
set "here=%~dp0"
set "jar=%here%distribution\target\earshot-all.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not exist "%jar%" (
  echo earshot: building once, which takes a minute or so ... 1>&2
  pushd "%here%"
  call mvn -q -B -DskipTests -pl distribution -am package || (popd & exit /b 1)
  popd
)
"%java%" -XX:+IgnoreUnrecognizedVMOptions -XX:AutoBoxCacheMax=20000 -jar "%jar%" %*
exit /b %ERRORLEVEL%
